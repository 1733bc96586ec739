-- Pictures of places at a moment, each as its newest event has it, in the order in which they were taken.
SELECT id, seq, place, community, moment, taken_on, picture, withdrawn, actor, actor_name, made_at
FROM store.site_picture
WHERE project = $project AND made_at <= $until
QUALIFY row_number() OVER (PARTITION BY id ORDER BY seq DESC) = 1
ORDER BY place, community, taken_on, made_at, id
