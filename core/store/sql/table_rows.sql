SELECT count(*) FROM store.any_table
