SELECT place, field
FROM store.not_reported
WHERE batch = $batch AND project = $project
ORDER BY seq
