-- Each row, as texts, with a digest over all of its cells: the same in a file and in PostgreSQL.
SELECT entry, substr(md5(concat_ws(chr(31), *COLUMNS(entry.*))), 1, 16)
FROM (
    SELECT coalesce(CAST(COLUMNS(*) AS VARCHAR), chr(30)) FROM store.any_table WHERE any_condition
) AS entry
