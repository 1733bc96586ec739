INSERT INTO store.correction (
    batch, project, parent, place, field, old, new, reason
)
VALUES (
    $batch, $project, $parent, $place, $field, $old, $new, $reason
)
