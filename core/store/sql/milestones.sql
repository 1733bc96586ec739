SELECT name, planned, actual, source, nullif(place, '') AS place
FROM store.milestone
WHERE batch = $batch AND project = $project
ORDER BY seq
