-- Time goes on from the newest event of a sheet, whichever table it lies in, also when the clock has been set back.
SELECT max(made_at)
FROM (
    SELECT made_at FROM store.score_event WHERE project = $project AND sheet = $scope
    UNION ALL SELECT made_at FROM store.sheet_event WHERE project = $project AND sheet = $scope
    UNION ALL SELECT made_at FROM store.item_input WHERE project = $project AND sheet = $scope
    UNION ALL SELECT made_at FROM store.recusal WHERE project = $project AND sheet = $scope
    UNION ALL SELECT made_at FROM store.flag_answer WHERE project = $project AND sheet = $scope
    UNION ALL SELECT made_at FROM store.comment WHERE project = $project AND round = $scope
    UNION ALL SELECT made_at FROM store.minutes WHERE project = $project AND round = $scope
    UNION ALL SELECT made_at FROM store.round_event WHERE project = $project AND round = $scope
)
