-- Every step of sending a notice, oldest first.
SELECT key, channel, seq, step, said, made_at
FROM store.notice_sending
ORDER BY key, channel, seq
