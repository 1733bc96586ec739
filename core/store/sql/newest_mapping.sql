SELECT coalesce(max(seq), 0) FROM store.column_mapping WHERE project = $project AND heading = $heading
