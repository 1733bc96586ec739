SELECT place, community, name, unit, before, after, source
FROM store.comparison
WHERE batch = $batch AND project = $project
ORDER BY seq
