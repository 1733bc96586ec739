-- The communities that each reporting period of a project asks for.
SELECT period, place, community
FROM store.reporting_community
WHERE project = $project
ORDER BY period, seq
