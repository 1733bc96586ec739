SELECT event
FROM store.comment AS event
WHERE project = $project AND ($scope::VARCHAR IS NULL OR round = $scope) AND made_at <= $moment
ORDER BY made_at, round, revision
