INSERT INTO store.column_mapping (
    project, heading, seq, field, actor, actor_name, made_at
)
VALUES (
    $project, $heading, $seq, $field, $actor, $actor_name, $made_at
)
