SELECT 'any_table', count(*) FROM store.any_table
