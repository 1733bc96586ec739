-- Which tables a file holds, before anything else is asked of it.
SELECT table_name FROM information_schema.tables WHERE table_catalog = 'store'
