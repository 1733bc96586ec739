SELECT event
FROM store.score_event AS event
WHERE project = $project AND ($sheet::VARCHAR IS NULL OR sheet = $sheet) AND ($code::VARCHAR IS NULL OR code = $code)
ORDER BY made_at, sheet, code, revision
