INSERT INTO store.milestone (
    batch, project, seq, place, name, planned, actual, source
)
VALUES (
    $batch, $project, $seq, $place, $name, $planned, $actual, $source
)
