-- One writer at a time among all processes: taken before a write's transaction begins (its snapshot would be older than
-- what it has waited for), let go with the transaction that took it. The number means nothing; every process uses it.
SELECT * FROM postgres_query('store', 'SELECT CAST(pg_advisory_xact_lock(727865) AS VARCHAR) AS held')
