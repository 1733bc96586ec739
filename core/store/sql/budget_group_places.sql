SELECT budget_group, place
FROM store.budget_group_place
WHERE batch = $batch AND project = $project
ORDER BY seq
