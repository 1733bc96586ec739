SELECT digest, project, reason, actor, actor_name, made_at FROM store.redaction ORDER BY made_at
