INSERT INTO store.finding_event (
    project, finding, seq, state, owner, due, evidence, note, actor, actor_name, made_at
)
VALUES (
    $project, $finding, $seq, $state, $owner, $due, $evidence, $note, $actor, $actor_name, $made_at
)
