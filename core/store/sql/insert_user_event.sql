INSERT INTO store.user_event (
    person, revision, kind, role, project, name, actor, actor_name, made_at
)
VALUES (
    $person, $revision, $kind, $role, $project, $name, $actor, $actor_name, $made_at
)
