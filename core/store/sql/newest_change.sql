-- Time goes on from the newest import or event of one, also when the clock has been set back.
SELECT max(made_at)
FROM (
    SELECT made_at FROM store.import_batch
    UNION ALL SELECT made_at FROM store.batch_event
)
