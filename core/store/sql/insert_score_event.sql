INSERT INTO store.score_event (
    project, sheet, code, revision, edit_id, points, status, reason, note, actor, actor_name,
    made_at, previous, digest
)
VALUES (
    $project, $sheet, $code, $revision, $edit_id, $points, $status, $reason, $note, $actor,
    $actor_name, $made_at, $previous, $digest
)
