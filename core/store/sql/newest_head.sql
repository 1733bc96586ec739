-- The digest of the newest event of a table whose events are chained.
SELECT digest FROM store.any_table ORDER BY made_at DESC, digest LIMIT 1
