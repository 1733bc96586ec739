SELECT id FROM store.sheet WHERE project = $project AND id = $sheet
