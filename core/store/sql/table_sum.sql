-- How many rows a table has, and one number that no row can be added to, altered in or taken out of without changing it.
-- Rows are never the same twice (keys), so that none cancels another out.
SELECT count(*), coalesce(bit_xor(md5_number(CAST(entry AS VARCHAR))), 0)
FROM store.any_table AS entry
