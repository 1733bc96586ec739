-- How much there is of what people wait to see, counted where it lies. As core.store.watch.COUNTED has it.
SELECT * FROM postgres_query('store', '
    SELECT (SELECT count(*) FROM import_batch) + (SELECT count(*) FROM batch_event) + (SELECT count(*) FROM round)
         + (SELECT count(*) FROM round_event) + (SELECT count(*) FROM sheet) AS data,
           (SELECT count(*) FROM score_event) AS scores,
           (SELECT count(*) FROM sheet_event) + (SELECT count(*) FROM item_input) + (SELECT count(*) FROM recusal)
         + (SELECT count(*) FROM flag_answer) + (SELECT count(*) FROM comment) + (SELECT count(*) FROM evidence)
         + (SELECT count(*) FROM minutes) + (SELECT count(*) FROM check_answer) + (SELECT count(*) FROM finding)
         + (SELECT count(*) FROM finding_event) + (SELECT count(*) FROM user_event)
         + (SELECT count(*) FROM redaction) AS steps
')
