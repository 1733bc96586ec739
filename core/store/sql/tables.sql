-- Which tables a store holds, before anything else is asked of it. PostgreSQL lists its own beside them.
SELECT table_name
FROM information_schema.tables
WHERE table_catalog = 'store' AND table_schema IN ('main', 'public')
