SELECT id FROM store.round WHERE project = $project AND id = $round
