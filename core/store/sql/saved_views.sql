-- The saved views of a project with all their events, in the order in which they were saved.
SELECT id, seq, name, address, actor, actor_name, made_at
FROM store.saved_view
WHERE project = $project AND made_at <= $moment
ORDER BY min(made_at) OVER (PARTITION BY id), id, seq
