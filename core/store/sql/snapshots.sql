-- Every import of one project with its file and its newest event, the newest import first.
SELECT batch.id AS batch, batch.as_of, batch.source, batch.actor, batch.actor_name AS "by", batch.made_at,
       coalesce(file.file, '') AS file, coalesce(file.digest, '') AS digest,
       coalesce(newest.kind, 'released') AS state, coalesce(newest.reason, '') AS reason,
       coalesce(newest.actor, '') AS state_actor, coalesce(newest.actor_name, '') AS state_by,
       newest.made_at AS state_at
FROM store.import_batch AS batch
LEFT JOIN store.batch_file AS file ON file.batch = batch.id
LEFT JOIN (
    SELECT * FROM store.batch_event WHERE project = $project
    QUALIFY row_number() OVER (PARTITION BY batch ORDER BY seq DESC) = 1
) AS newest ON newest.batch = batch.id
WHERE batch.project = $project
ORDER BY batch.made_at DESC, batch.id DESC
