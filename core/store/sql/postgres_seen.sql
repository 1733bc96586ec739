-- How much there is of what people wait to see, counted where it lies. As core.store.watch.COUNTED has it.
SELECT * FROM postgres_query('store', '
    SELECT (SELECT count(*) FROM import_batch) + (SELECT count(*) FROM batch_event) + (SELECT count(*) FROM round)
         + (SELECT count(*) FROM round_event) + (SELECT count(*) FROM sheet)
         + (SELECT count(*) FROM layout_mapping) + (SELECT count(*) FROM round_setting)
         + (SELECT count(*) FROM dated_note) + (SELECT count(*) FROM place_boundary) AS data,
           (SELECT count(*) FROM score_event) AS scores,
           (SELECT count(*) FROM sheet_event) + (SELECT count(*) FROM item_input) + (SELECT count(*) FROM recusal)
         + (SELECT count(*) FROM flag_answer) + (SELECT count(*) FROM comment) + (SELECT count(*) FROM evidence)
         + (SELECT count(*) FROM minutes) + (SELECT count(*) FROM check_answer) + (SELECT count(*) FROM finding)
         + (SELECT count(*) FROM finding_event) + (SELECT count(*) FROM user_event)
         + (SELECT count(*) FROM redaction) + (SELECT count(*) FROM round_step)
         + (SELECT count(*) FROM standard_check) + (SELECT count(*) FROM goal)
         + (SELECT count(*) FROM site_picture) + (SELECT count(*) FROM account_event)
         + (SELECT count(*) FROM evidence_withdrawal) + (SELECT count(*) FROM assignment)
         + (SELECT count(*) FROM talk) + (SELECT count(*) FROM deliberation)
         + (SELECT count(*) FROM questionnaire) + (SELECT count(*) FROM saved_view)
         + (SELECT count(*) FROM kept_choice) + (SELECT count(*) FROM notice)
         + (SELECT count(*) FROM notice_sending) + (SELECT count(*) FROM reporting_period)
         + (SELECT count(*) FROM reported_figure) + (SELECT count(*) FROM community_figure)
         + (SELECT count(*) FROM report_step)
         + (SELECT count(*) FROM reporter) + (SELECT count(*) FROM review_rule) AS steps
')
