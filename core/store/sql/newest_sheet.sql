SELECT max(made_at) FROM store.sheet WHERE project = $project
