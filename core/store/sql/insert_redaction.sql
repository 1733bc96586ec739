INSERT INTO store.redaction (
    digest, project, reason, actor, actor_name, made_at
)
VALUES (
    $digest, $project, $reason, $actor, $actor_name, $made_at
)
