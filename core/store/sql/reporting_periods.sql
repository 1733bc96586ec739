-- The reporting periods of a project, the newest day first.
SELECT project, id, as_of, due, places, fields, actor, actor_name, made_at
FROM store.reporting_period
WHERE project = $project
ORDER BY as_of DESC, made_at DESC
