SELECT code, target, actual, deviation FROM store.sheet_target WHERE project = $project AND sheet = $sheet ORDER BY code
