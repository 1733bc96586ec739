-- The last thing that anybody did on the project beside importing; none for one on which nobody has done anything.
SELECT max(made_at)
FROM (
    SELECT made_at FROM store.score_event WHERE project = $project
    UNION ALL SELECT made_at FROM store.sheet WHERE project = $project
    UNION ALL SELECT made_at FROM store.sheet_event WHERE project = $project
    UNION ALL SELECT made_at FROM store.item_input WHERE project = $project
    UNION ALL SELECT made_at FROM store.recusal WHERE project = $project
    UNION ALL SELECT made_at FROM store.assignment WHERE project = $project
    UNION ALL SELECT made_at FROM store.flag_answer WHERE project = $project
    UNION ALL SELECT made_at FROM store.comment WHERE project = $project
    UNION ALL SELECT made_at FROM store.talk WHERE project = $project
    UNION ALL SELECT made_at FROM store.deliberation WHERE project = $project
    UNION ALL SELECT made_at FROM store.minutes WHERE project = $project
    UNION ALL SELECT made_at FROM store.round_event WHERE project = $project
    UNION ALL SELECT made_at FROM store.round_setting WHERE project = $project
    UNION ALL SELECT made_at FROM store.check_answer WHERE project = $project
    UNION ALL SELECT made_at FROM store.finding WHERE project = $project
    UNION ALL SELECT made_at FROM store.finding_event WHERE project = $project
    UNION ALL SELECT made_at FROM store.standard_check WHERE project = $project
    UNION ALL SELECT made_at FROM store.questionnaire WHERE project = $project
    UNION ALL SELECT made_at FROM store.goal WHERE project = $project
)
WHERE made_at <= $until
