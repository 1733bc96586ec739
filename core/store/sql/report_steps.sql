-- The steps of a period, oldest first.
SELECT project, period, place, revision, kind, reason, batch, actor, actor_name, made_at
FROM store.report_step
WHERE project = $project AND period = $period
ORDER BY made_at, place, revision
