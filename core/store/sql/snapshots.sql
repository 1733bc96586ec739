-- Every import of one project with its file and its newest event, the newest import first.
SELECT batch.id, batch.as_of, batch.source, batch.actor_name, batch.made_at,
       coalesce(file.file, ''), coalesce(file.digest, ''),
       coalesce(state.kind, 'released'), coalesce(state.reason, ''), coalesce(state.actor, ''), coalesce(state.actor_name, ''),
       state.made_at, batch.actor
FROM store.import_batch AS batch
LEFT JOIN store.batch_file AS file ON file.batch = batch.id
LEFT JOIN (
    SELECT * FROM store.batch_event WHERE project = $project
    QUALIFY row_number() OVER (PARTITION BY batch ORDER BY seq DESC) = 1
) AS state ON state.batch = batch.id
WHERE batch.project = $project
ORDER BY batch.made_at DESC, batch.id DESC
