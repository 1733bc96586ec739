-- The digest of the newest event of a table whose events are chained; one that a clock far ahead has dated comes last.
SELECT digest FROM store.any_table ORDER BY made_at > $latest, made_at DESC, digest LIMIT 1
