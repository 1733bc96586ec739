SELECT id, name FROM store.round WHERE project = $project ORDER BY seq, id
