INSERT INTO store.import_batch (
    id, project, as_of, source, actor, actor_name, made_at
)
VALUES (
    $id, $project, $as_of, $source, $actor, $actor_name, $made_at
)
