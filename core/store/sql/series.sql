-- The snapshots of one project that count at that version, the newest of each as-of date, in the order of time.
SELECT id, import_batch.as_of
FROM store.import_batch
WHERE project = $project
  AND import_batch.as_of IS NOT NULL
  AND ($batch::VARCHAR IS NULL OR made_at <= (SELECT asked.made_at FROM store.import_batch AS asked WHERE asked.id = $batch))
  AND id NOT IN (
      SELECT event.batch
      FROM store.batch_event AS event
      WHERE $batch::VARCHAR IS NULL
         OR event.made_at <= (SELECT asked.made_at FROM store.import_batch AS asked WHERE asked.id = $batch)
      GROUP BY event.batch
      HAVING arg_max(event.kind, event.seq) <> 'released'
  )
QUALIFY row_number() OVER (PARTITION BY import_batch.as_of ORDER BY made_at DESC, id DESC) = 1
ORDER BY import_batch.as_of
