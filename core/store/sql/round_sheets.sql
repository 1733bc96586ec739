-- Every round that has a sheet at $moment: its project, id and name, whether it is locked, whether its panel has a sheet,
-- whether the unit scores itself in it, whether it was closed.
WITH known AS (
    SELECT project, split_part(id, '/', 1) AS round, bool_or(ends_with(id, '/panel')) AS panel
    FROM store.sheet
    WHERE made_at <= $moment
    GROUP BY project, split_part(id, '/', 1)
),
said AS (
    SELECT project, round, name, kind, '' AS change, FALSE AS setting, revision FROM store.round_event WHERE made_at <= $moment
    UNION ALL
    SELECT project, round, name, kind, change, TRUE AS setting, revision FROM store.round_setting WHERE made_at <= $moment
),
names AS (
    SELECT project, round, max_by(name, (setting, revision)) AS name, max_by(kind, (setting, revision)) AS kind,
           bool_or(change = 'deleted') AS deleted,
           max_by(change, revision) FILTER (WHERE change IN ('closed', 'reopened')) = 'closed' AS closed
    FROM said
    GROUP BY project, round
),
steps AS (
    SELECT project, split_part(sheet, '/', 1) AS round, max_by(kind, revision) AS newest
    FROM store.sheet_event
    WHERE made_at <= $moment AND ends_with(sheet, '/panel')
    GROUP BY project, split_part(sheet, '/', 1)
)
SELECT known.project, known.round AS id, coalesce(names.name, round.name) AS name,
       coalesce(newest = 'locked', FALSE) AS locked, panel, coalesce(names.kind = 'self', FALSE) AS self_assessed,
       coalesce(names.closed, FALSE) AS closed
FROM known
JOIN store.round AS round ON round.project = known.project AND round.id = known.round
LEFT JOIN names ON names.project = known.project AND names.round = known.round
LEFT JOIN steps ON steps.project = known.project AND steps.round = known.round
WHERE NOT coalesce(names.deleted, FALSE)
ORDER BY known.project, round.seq, known.round
