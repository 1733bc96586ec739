-- The import that first brought this row of detail: corrections and files without detail of that day take it over.
SELECT batch.id AS batch, coalesce(file.file, '') AS file, batch.actor_name AS "by", batch.made_at
FROM store.community AS detail
JOIN store.import_batch AS batch ON batch.id = detail.batch
LEFT JOIN store.batch_file AS file ON file.batch = detail.batch
WHERE detail.project = $project AND detail.place = $place AND detail.name = $name
  AND detail.source = $source AND detail.raw = $raw
  AND batch.as_of = $as_of
ORDER BY batch.made_at, batch.id
LIMIT 1
