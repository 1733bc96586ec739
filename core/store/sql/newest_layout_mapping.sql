SELECT coalesce(max(seq), 0) FROM store.layout_mapping WHERE project = $project AND layout = $layout AND place = $place
