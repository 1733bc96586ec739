-- The digests in one text: an import has many. They are read as a set: an order would cost and tell nothing.
SELECT coalesce(string_agg(own, ''), '')
FROM (
    SELECT substr(md5(concat_ws(chr(31), *COLUMNS(entry.*))), 1, 16) AS own
    FROM (
        SELECT coalesce(CAST(COLUMNS(*) AS VARCHAR), chr(30)) FROM store.any_table WHERE any_condition
    ) AS entry
) AS digested
