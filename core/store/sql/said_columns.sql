-- What people have said of columns of one project's files, the newest word of each; what schema 3 kept is older.
WITH said AS (
    SELECT '' AS layout, heading AS place, heading, field, actor_name, made_at, seq, FALSE AS newer
    FROM store.column_mapping
    WHERE project = $project
    UNION ALL
    SELECT layout, place, heading, field, actor_name, made_at, seq, TRUE AS newer
    FROM store.layout_mapping
    WHERE project = $project
)
SELECT layout, place, heading, field, actor_name AS said_by, made_at
FROM said
QUALIFY row_number() OVER (PARTITION BY layout, place ORDER BY newer DESC, seq DESC) = 1
ORDER BY layout, place
