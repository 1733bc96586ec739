INSERT INTO store.claim (
    batch, project, seq, id, value, text, source
)
VALUES (
    $batch, $project, $seq, $id, $value, $text, $source
)
