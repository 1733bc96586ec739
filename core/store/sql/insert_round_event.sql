INSERT INTO store.round_event (
    project, round, revision, name, kind, rule, actor, actor_name, made_at
)
VALUES (
    $project, $round, $revision, $name, $kind, $rule, $actor, $actor_name, $made_at
)
