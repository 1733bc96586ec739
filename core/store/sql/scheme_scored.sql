SELECT 1
FROM store.score_event AS event
JOIN store.sheet AS sheet ON sheet.project = event.project AND sheet.id = event.sheet
WHERE sheet.scheme = $scheme AND sheet.scheme_version = $version
LIMIT 1
