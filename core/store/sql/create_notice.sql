-- 提醒：something to be told by mail and webhook, once ever: what has a key here is not told again.
CREATE TABLE store.notice (
    key VARCHAR NOT NULL PRIMARY KEY,
    project VARCHAR NOT NULL,
    text VARCHAR NOT NULL, -- JSON: the sentence with its parameters
    link VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
)
