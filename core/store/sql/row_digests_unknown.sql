-- The rows, as texts, whose digests are not among those given.
SELECT entry
FROM (
    SELECT entry, substr(md5(concat_ws(chr(31), *COLUMNS(entry.*))), 1, 16) AS own
    FROM (
        SELECT coalesce(CAST(COLUMNS(*) AS VARCHAR), chr(30)) FROM store.any_table
    ) AS entry
) AS digested
WHERE own NOT IN (SELECT digest FROM given)
