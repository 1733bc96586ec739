-- What counts of what was typed into a period's form: the newest of each cell.
SELECT project, period, place, field, revision, edit_id, raw, value, reason, actor, actor_name, made_at
FROM store.reported_figure
WHERE project = $project AND period = $period
QUALIFY row_number() OVER (PARTITION BY place, field ORDER BY revision DESC) = 1
ORDER BY made_at, place, field
