INSERT INTO store.batch_event (
    project, batch, seq, kind, reason, actor, actor_name, made_at
)
VALUES (
    $project, $batch, $seq, $kind, $reason, $actor, $actor_name, $made_at
)
