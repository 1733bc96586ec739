-- The newest event of a sheet or round, whichever table it lies in: of those dated up to $latest, and of all.
SELECT max(made_at) FILTER (made_at <= $latest), max(made_at)
FROM (
    SELECT made_at FROM store.score_event WHERE project = $project AND sheet = $scope
    UNION ALL SELECT made_at FROM store.sheet_event WHERE project = $project AND sheet = $scope
    UNION ALL SELECT made_at FROM store.item_input WHERE project = $project AND sheet = $scope
    UNION ALL SELECT made_at FROM store.recusal WHERE project = $project AND sheet = $scope
    UNION ALL SELECT made_at FROM store.flag_answer WHERE project = $project AND sheet = $scope
    UNION ALL SELECT made_at FROM store.comment WHERE project = $project AND round = $scope
    UNION ALL SELECT made_at FROM store.minutes WHERE project = $project AND round = $scope
    UNION ALL SELECT made_at FROM store.round_event WHERE project = $project AND round = $scope
    UNION ALL SELECT made_at FROM store.round_setting WHERE project = $project AND round = $scope
    UNION ALL SELECT made_at FROM store.round_step WHERE project = $project AND round = $scope
    UNION ALL SELECT made_at FROM store.assignment WHERE project = $project AND round = $scope
    UNION ALL SELECT made_at FROM store.talk WHERE project = $project AND round = $scope
    UNION ALL SELECT made_at FROM store.deliberation WHERE project = $project AND round = $scope
    UNION ALL SELECT made_at FROM store.questionnaire WHERE project = $project AND questionnaire = $scope
)
