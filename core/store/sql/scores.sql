-- The newest revision of each item, and whether the newest event of the sheet, which none follows, is of it. An event is
-- one struct: a window over all its columns takes twice as long to plan.
SELECT max_by(event, event.revision), bool_or(next.previous IS NULL)
FROM store.score_event AS event
LEFT JOIN store.score_event AS next
    ON next.project = event.project AND next.sheet = event.sheet AND next.previous = event.digest
WHERE event.project = $project AND event.sheet = $sheet
GROUP BY event.code
