-- Every notice, in the order in which they were put down.
SELECT key, project, text, link, made_at
FROM store.notice
ORDER BY made_at, key
