SELECT source, name, planned, paid, arrived, planned_share, section
FROM store.funding
WHERE batch = $batch AND project = $project
ORDER BY seq
