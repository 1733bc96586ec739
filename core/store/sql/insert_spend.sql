INSERT INTO store.spend (
    batch, project, seq, place, invested, paid, budget_group, source, serial_raw, place_raw,
    estimate_raw, invested_raw, paid_raw
)
VALUES (
    $batch, $project, $seq, $place, $invested, $paid, $budget_group, $source, $serial_raw,
    $place_raw, $estimate_raw, $invested_raw, $paid_raw
)
