SELECT file
FROM store.evidence AS file
WHERE project = $project AND ($sheet::VARCHAR IS NULL OR sheet = $sheet)
ORDER BY made_at, id, code
