-- The detail of one snapshot as that of another: a correction changes one figure and keeps the rest.
INSERT INTO store.community (
    batch, project, seq, place, name, buildings, households, area, invested, paid, physical, source, raw
)
SELECT $batch, project, seq, place, name, buildings, households, area, invested, paid, physical, source, raw
FROM store.community
WHERE batch = $parent AND project = $project
