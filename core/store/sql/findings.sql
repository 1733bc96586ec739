-- What the evaluation has found, in the order in which it was put down.
SELECT project, id, kind, text, source, actor, actor_name, made_at
FROM store.finding
WHERE project = $project AND made_at <= $moment
ORDER BY made_at, id
