-- The figures of one project that were put right, by the batch that has them right.
SELECT batch, parent, place, field, old, new, reason
FROM store.correction
WHERE project = $project
ORDER BY batch
