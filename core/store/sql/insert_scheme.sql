INSERT INTO store.scheme (
    batch, seq, id, version, name
)
VALUES (
    $batch, $seq, $id, $version, $name
)
