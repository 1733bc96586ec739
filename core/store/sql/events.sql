-- The events of a log: of a project, or of one sheet or round in it.
SELECT event
FROM store.any_table AS event
WHERE any_condition
