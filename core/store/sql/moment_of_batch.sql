SELECT made_at FROM store.import_batch WHERE id = $batch
