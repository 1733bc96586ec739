-- What became of the findings, oldest first.
SELECT finding, state, owner, due, evidence, note, actor, actor_name, made_at
FROM store.finding_event
WHERE project = $project AND made_at <= $moment
ORDER BY finding, seq
