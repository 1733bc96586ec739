SELECT id, amount, source
FROM store.budget_group
WHERE batch = $batch AND project = $project
ORDER BY seq
