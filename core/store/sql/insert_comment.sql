INSERT INTO store.comment (
    project, round, code, revision, kind, text, decision, actor, actor_name, made_at
)
VALUES (
    $project, $round, $code, $revision, $kind, $text, $decision, $actor, $actor_name, $made_at
)
