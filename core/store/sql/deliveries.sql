SELECT place, source, physical, started, finished, accepted, satisfaction, surveyed, raw
FROM store.delivery
WHERE batch = $batch AND project = $project
ORDER BY seq
