-- Everybody who has typed a figure of a community in a period, by place.
SELECT DISTINCT place, actor, actor_name
FROM store.community_figure
WHERE project = $project AND period = $period
ORDER BY place, actor, actor_name
