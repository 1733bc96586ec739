-- What was found at the points of all standards; of a point, the oldest first.
SELECT
    standard, version, place, community, code, seq, result, checked_on, checked_by, note, picture, actor, actor_name, made_at
FROM store.standard_check
WHERE project = $project AND made_at <= $moment
ORDER BY standard, version, place, community, code, seq
