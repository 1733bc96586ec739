INSERT INTO store.evidence (
    project, sheet, code, id, kind, name, media_type, size, digest, actor, actor_name, made_at
)
VALUES (
    $project, $sheet, $code, $id, $kind, $name, $media_type, $size, $digest, $actor, $actor_name,
    $made_at
)
