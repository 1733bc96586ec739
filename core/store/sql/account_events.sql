SELECT person, revision, kind, actor, actor_name, made_at
FROM store.account_event
ORDER BY person, revision
