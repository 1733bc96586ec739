-- What was done about somebody's way in, beside user_event: whoever gives a password could come in with it. No password
-- stands here. one_time: made for them, to be replaced by their own; changed: by themselves.
CREATE TABLE store.account_event (
    person VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('set', 'one_time', 'changed', 'unlocked')),
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (person, revision)
)
