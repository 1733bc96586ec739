INSERT INTO store.baseline (
    batch, project, seq, id, starts_on, ends_on, is_default, source
)
VALUES (
    $batch, $project, $seq, $id, $starts_on, $ends_on, $is_default, $source
)
