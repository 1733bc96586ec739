INSERT INTO store.flag_answer (
    project, sheet, code, kind, revision, answer, actor, actor_name, made_at
)
VALUES (
    $project, $sheet, $code, $kind, $revision, $answer, $actor, $actor_name, $made_at
)
