INSERT INTO store.check_answer (
    project, check_id, seq, text, actor, actor_name, made_at
)
VALUES (
    $project, $check_id, $seq, $text, $actor, $actor_name, $made_at
)
