-- Changes whenever a transaction that writes begins or ends, of whichever process; costs next to nothing to ask.
SELECT * FROM postgres_query('store', 'SELECT CAST(pg_current_snapshot() AS VARCHAR) AS snapshot')
