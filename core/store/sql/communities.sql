-- A page of the detail of one place ($place NULL: of all), those whose name holds $text, ordered by $sort: a column, or
-- NULL for the order of the file. What is not reported comes last, either way.
SELECT place, name, source, buildings, households, area, invested, paid, physical,
       built, renewal, begun_on, done_on, own_estimate, said, raw
FROM store.community
LEFT JOIN store.community_more USING (batch, project, seq)
WHERE batch = $batch AND project = $project
  AND ($place::VARCHAR IS NULL OR place = $place)
  AND ($text::VARCHAR IS NULL OR contains(lower(name), lower($text)))
ORDER BY
    CASE WHEN $sort::VARCHAR = 'name' AND NOT $descending THEN name END,
    CASE WHEN $sort = 'name' AND $descending THEN name END DESC,
    CASE WHEN $sort = 'begun_on' AND NOT $descending THEN begun_on END,
    CASE WHEN $sort = 'begun_on' AND $descending THEN begun_on END DESC NULLS LAST,
    CASE WHEN $sort = 'done_on' AND NOT $descending THEN done_on END,
    CASE WHEN $sort = 'done_on' AND $descending THEN done_on END DESC NULLS LAST,
    CASE WHEN $descending THEN -1 ELSE 1 END * CASE $sort
        WHEN 'buildings' THEN CAST(buildings AS DECIMAL(18, 6))
        WHEN 'households' THEN CAST(households AS DECIMAL(18, 6))
        WHEN 'area' THEN area
        WHEN 'invested' THEN invested
        WHEN 'paid' THEN paid
        WHEN 'physical' THEN physical
    END NULLS LAST,
    seq
LIMIT $most OFFSET $first
