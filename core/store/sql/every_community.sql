-- The whole detail of a snapshot, in the order of the file.
SELECT place, name, source, buildings, households, area, invested, paid, physical,
       built, renewal, begun_on, done_on, own_estimate, said, raw
FROM store.community
LEFT JOIN store.community_more USING (batch, project, seq)
WHERE batch = $batch AND project = $project
ORDER BY seq
