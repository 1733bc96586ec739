-- Whether the event is there that was the last one acknowledged.
SELECT count(*) FROM store.any_table WHERE digest = $digest
