INSERT INTO store.place (
    batch, project, seq, name
)
VALUES (
    $batch, $project, $seq, $name
)
