-- Made up to the moment $until, and neither held nor withdrawn by then.
import_batch.made_at <= $until
AND import_batch.id NOT IN (
    SELECT event.batch
    FROM store.batch_event AS event
    WHERE event.made_at <= $until
    GROUP BY event.batch
    HAVING arg_max(event.kind, event.seq) <> 'released'
)
