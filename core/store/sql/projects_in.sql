SELECT DISTINCT project FROM store.any_table ORDER BY project
