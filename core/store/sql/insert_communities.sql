-- Many rows of detail at once, out of a table in memory: two hundred thousand take a second, not minutes.
INSERT INTO store.community (
    batch, project, seq, place, name, buildings, households, area, invested, paid, physical, source, raw
)
SELECT $batch, $project, seq, place, name, buildings, households, area, invested, paid, physical, source, raw
FROM given
