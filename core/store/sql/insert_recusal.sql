INSERT INTO store.recusal (
    project, sheet, code, revision, active, reason, actor, actor_name, made_at
)
VALUES (
    $project, $sheet, $code, $revision, $active, $reason, $actor, $actor_name, $made_at
)
