-- Who reports for which place: the newest event about each person and place.
SELECT project, place, person, revision, given, actor, actor_name, made_at
FROM store.reporter
WHERE project = $project
QUALIFY row_number() OVER (PARTITION BY place, person ORDER BY revision DESC) = 1
ORDER BY place, person
