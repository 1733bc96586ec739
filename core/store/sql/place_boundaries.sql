-- The newest outlines of a project's places at a moment; without any in them they were withdrawn.
SELECT seq, file, digest, outlines, actor, actor_name, made_at
FROM store.place_boundary
WHERE project = $project AND made_at <= $moment
ORDER BY seq DESC
LIMIT 1
