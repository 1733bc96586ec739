SELECT name, planned, actual, source, nullif(place, '') AS place, coalesce(owner, '') AS owner
FROM store.milestone AS milestone
LEFT JOIN store.milestone_owner USING (batch, project, place, name)
WHERE batch = $batch AND project = $project
ORDER BY milestone.seq
