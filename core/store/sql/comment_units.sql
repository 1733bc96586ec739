SELECT code, revision, unit
FROM store.comment_unit
WHERE project = $project AND round = $round
ORDER BY code, revision
