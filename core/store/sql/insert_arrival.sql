INSERT INTO store.arrival (
    batch, project, seq, funding, arrived_on, amount, source
)
VALUES (
    $batch, $project, $seq, $funding, $arrived_on, $amount, $source
)
