-- What the tables look like.
SELECT table_name, column_name, data_type, is_nullable
FROM duckdb_columns()
WHERE database_name = 'store' AND schema_name IN ('main', 'public')
ORDER BY table_name, column_index
