-- What a project has said of the review of its imports and corrections, the newest first.
SELECT project, revision, needed, actor, actor_name, made_at
FROM store.review_rule
WHERE project = $project
ORDER BY revision DESC
