INSERT INTO store.budget_group (
    batch, project, seq, id, amount, amount_raw, source
)
VALUES (
    $batch, $project, $seq, $id, $amount, $amount_raw, $source
)
