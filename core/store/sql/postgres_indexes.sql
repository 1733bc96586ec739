-- DuckDB asks PostgreSQL with COLLATE "C", which the indexes of the keys do not answer: each key that begins with text
-- gets a second one that does, over its text columns.
CALL postgres_execute('store', '
    DO $$
    DECLARE
        entry record;
    BEGIN
        FOR entry IN
            SELECT class.relname AS name, string_agg(format(''%I COLLATE "C"'', attribute.attname), '', '' ORDER BY key.place) AS columns
            FROM pg_index AS index
            JOIN pg_class AS class ON class.oid = index.indrelid
            CROSS JOIN LATERAL unnest(CAST(index.indkey AS smallint[])) WITH ORDINALITY AS key (number, place)
            JOIN pg_attribute AS attribute ON attribute.attrelid = index.indrelid AND attribute.attnum = key.number
            WHERE index.indisprimary AND class.relnamespace = CAST(current_schema() AS regnamespace)
              AND attribute.atttypid IN (CAST(''varchar'' AS regtype), CAST(''text'' AS regtype))
            GROUP BY class.relname
        LOOP
            EXECUTE format(''CREATE INDEX IF NOT EXISTS %I ON %I (%s)'', entry.name || ''_asked'', entry.name, entry.columns);
        END LOOP;
    END
    $$
')
