SELECT coalesce(max(seq), 0) FROM store.check_answer WHERE project = $project AND check_id = $check
