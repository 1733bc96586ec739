-- The goals of a project with all their events, in the order in which they were put down.
SELECT id, seq, kind, text, source, actor, actor_name, made_at
FROM store.goal
WHERE project = $project AND made_at <= $moment
ORDER BY min(made_at) OVER (PARTITION BY id), id, seq
