INSERT INTO store.minutes (
    project, round, revision, text, actor, actor_name, made_at
)
VALUES (
    $project, $round, $revision, $text, $actor, $actor_name, $made_at
)
