-- The newest revision of each item, as it stood at the moment. An event is one struct: a window over all its
-- columns takes twice as long to plan.
SELECT max_by(event, revision)
FROM store.score_event AS event
WHERE project = $project AND sheet = $sheet AND made_at <= $moment
GROUP BY code
