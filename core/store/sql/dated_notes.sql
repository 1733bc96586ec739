-- The 大事记 of a project with all its rows, the later ones of an id last.
SELECT id, seq, day, name, actor, actor_name, made_at
FROM store.dated_note
WHERE project = $project AND made_at <= $moment
ORDER BY id, seq
