-- The project that the first import of all brought; several where one moment brought them.
SELECT DISTINCT project
FROM store.import_batch
WHERE project IS NOT NULL AND made_at = (SELECT min(made_at) FROM store.import_batch WHERE project IS NOT NULL)
ORDER BY project
