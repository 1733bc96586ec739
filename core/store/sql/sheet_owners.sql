SELECT entry FROM store.sheet_owner AS entry WHERE project = $project
