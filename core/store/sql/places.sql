SELECT name
FROM store.place
WHERE batch = $batch AND project = $project
ORDER BY seq
