SELECT source, name, planned, paid, arrived, planned_share, section
FROM (
    SELECT batch, project, seq, source, name, planned, paid, arrived, planned_share, section
    FROM store.funding
    UNION ALL
    SELECT batch, project, seq, source, name, planned, paid, arrived, planned_share, section
    FROM store.funding_kind
)
WHERE batch = $batch AND project = $project
ORDER BY seq
