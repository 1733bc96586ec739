-- The kept choices of a project with all their events, in the order in which they were first kept.
SELECT name, seq, content, is_default, actor, actor_name, made_at
FROM store.kept_choice
WHERE project = $project
ORDER BY min(made_at) OVER (PARTITION BY name), name, seq
