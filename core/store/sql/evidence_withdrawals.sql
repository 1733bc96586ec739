SELECT project, sheet, code, id, reason, actor, actor_name, made_at
FROM store.evidence_withdrawal
WHERE project = $project AND ($sheet::VARCHAR IS NULL OR sheet = $sheet)
ORDER BY made_at, code, id
