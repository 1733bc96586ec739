INSERT INTO store.sheet_event (
    project, sheet, revision, edit_id, kind, reason, frozen, actor, actor_name, made_at, previous,
    digest
)
VALUES (
    $project, $sheet, $revision, $edit_id, $kind, $reason, $frozen, $actor, $actor_name, $made_at,
    $previous, $digest
)
