INSERT INTO store.round (
    batch, project, seq, id, name
)
VALUES (
    $batch, $project, $seq, $id, $name
)
