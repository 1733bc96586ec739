INSERT INTO store.sheet (
    batch, project, id, name, scheme, scheme_version, grade_scheme, reconstruction, actor,
    actor_name, made_at
)
VALUES (
    $batch, $project, $id, $name, $scheme, $scheme_version, $grade_scheme, $reconstruction, $actor,
    $actor_name, $made_at
)
