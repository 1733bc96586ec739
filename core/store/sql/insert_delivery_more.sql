INSERT INTO store.delivery_more (
    batch, project, seq, place, homes_finished, inspected, qualified, stage_target, contract, variation
)
VALUES (
    $batch, $project, $seq, $place, $homes_finished, $inspected, $qualified, $stage_target, $contract, $variation
)
