-- Everything of one table, to be copied.
SELECT * FROM store.any_table
