-- The items of each sheet that have an answer of any kind (未评 is none).
SELECT sheet, list(code)
FROM (
    SELECT sheet, code, max_by(status, revision) AS status
    FROM store.score_event
    WHERE project = $project
    GROUP BY sheet, code
)
WHERE status <> 'unscored'
GROUP BY sheet
