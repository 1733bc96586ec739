INSERT INTO store.finding (
    project, id, kind, text, source, actor, actor_name, made_at
)
VALUES (
    $project, $id, $kind, $text, $source, $actor, $actor_name, $made_at
)
