SELECT coalesce(max(seq), 0) FROM store.batch_event WHERE batch = $batch
