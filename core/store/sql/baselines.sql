SELECT id, starts_on, ends_on, is_default, source
FROM store.baseline
WHERE batch = $batch AND project = $project
ORDER BY seq
