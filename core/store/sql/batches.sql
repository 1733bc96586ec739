-- The batch that counts for each project ($project NULL: of all): of those made up to the moment $until
-- and neither held nor withdrawn by then, the newest as-of date. One that states no date (a scorecard alone) counts only
-- until there is another; it shows the day on which it came.
SELECT project, id, coalesce(import_batch.as_of, CAST(made_at AS DATE))
FROM store.import_batch
WHERE project IS NOT NULL
  AND ($project::VARCHAR IS NULL OR project = $project)
  AND /* parts/batch_counts.sql */
QUALIFY row_number() OVER (PARTITION BY project ORDER BY import_batch.as_of DESC NULLS LAST, made_at DESC, id DESC) = 1
ORDER BY project
