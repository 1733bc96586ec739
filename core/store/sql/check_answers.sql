-- The newest answer to each check that has one, as it stood at the moment; an empty one has been taken back.
SELECT CAST(check_id AS VARCHAR) AS "check", text, actor, actor_name, made_at
FROM store.check_answer
WHERE project = $project AND made_at <= $moment
QUALIFY row_number() OVER (PARTITION BY check_id ORDER BY seq DESC) = 1
ORDER BY check_id
