-- The snapshots of one project that count at that version, the newest of each as-of date, in the order of time.
SELECT id, import_batch.as_of
FROM store.import_batch
WHERE project = $project
  AND import_batch.as_of IS NOT NULL
  AND /* parts/batch_counts.sql */
QUALIFY row_number() OVER (PARTITION BY import_batch.as_of ORDER BY made_at DESC, id DESC) = 1
ORDER BY import_batch.as_of
