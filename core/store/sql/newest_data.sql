-- The last import of the project and the last event of one.
SELECT max(made_at)
FROM (
    SELECT made_at FROM store.import_batch WHERE project = $project
    UNION ALL SELECT made_at FROM store.batch_event WHERE project = $project
)
WHERE made_at <= $until
