SELECT event
FROM store.flag_answer AS event
WHERE project = $project AND ($scope::VARCHAR IS NULL OR sheet = $scope) AND made_at <= $moment
ORDER BY made_at, sheet, revision
