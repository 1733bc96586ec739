INSERT INTO store.batch_file (
    batch, project, file, digest
)
VALUES (
    $batch, $project, $file, $digest
)
