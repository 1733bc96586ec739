SELECT event
FROM store.score_event AS event
WHERE project = $project AND sheet = $sheet AND list_contains($edit_ids::VARCHAR[], edit_id)
