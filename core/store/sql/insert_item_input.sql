INSERT INTO store.item_input (
    project, sheet, code, revision, edit_id, content, actor, actor_name, made_at, previous, digest
)
VALUES (
    $project, $sheet, $code, $revision, $edit_id, $content, $actor, $actor_name, $made_at,
    $previous, $digest
)
