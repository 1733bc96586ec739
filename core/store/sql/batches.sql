-- The batch that counts for each project: of those made up to the asked one (NULL: of all), the newest as-of date.
SELECT project, id, as_of
FROM store.import_batch
WHERE project IS NOT NULL
  AND ($batch::VARCHAR IS NULL OR made_at <= (SELECT asked.made_at FROM store.import_batch AS asked WHERE asked.id = $batch))
QUALIFY row_number() OVER (PARTITION BY project ORDER BY as_of DESC, made_at DESC, id DESC) = 1
ORDER BY project
