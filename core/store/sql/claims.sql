SELECT id, value, text, source
FROM store.claim
WHERE batch = $batch AND project = $project
ORDER BY seq
