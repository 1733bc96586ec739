INSERT INTO store.budget_group_place (
    batch, project, seq, budget_group, place
)
VALUES (
    $batch, $project, $seq, $budget_group, $place
)
