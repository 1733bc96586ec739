-- Every project at the batch that counts for it (as in batches.sql), by id.
SELECT id, name, title_places, approval, approved_on, source
FROM store.project
WHERE (batch, id) IN (
    SELECT (import_batch.id, import_batch.project)
    FROM store.import_batch
    WHERE project IS NOT NULL
      AND /* parts/batch_counts.sql */
    QUALIFY row_number() OVER (PARTITION BY project ORDER BY import_batch.as_of DESC NULLS LAST, made_at DESC, import_batch.id DESC) = 1
)
ORDER BY id
