SELECT NULLIF(place, '') AS place, source, name, section, planned, arrived, paid
FROM store.source_money
WHERE batch = $batch AND project = $project
ORDER BY seq
