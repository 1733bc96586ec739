SELECT person, revision, kind, role, project, name, actor, actor_name, made_at
FROM store.user_event
ORDER BY person, revision
