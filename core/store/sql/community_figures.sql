-- What counts of what was typed into a period's form of communities: the newest of each cell.
SELECT project, period, place, field, revision, edit_id, raw, value, reason, actor, actor_name, made_at, community
FROM store.community_figure
WHERE project = $project AND period = $period
QUALIFY row_number() OVER (PARTITION BY place, community, field ORDER BY revision DESC) = 1
ORDER BY made_at, place, community, field
