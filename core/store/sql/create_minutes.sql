CREATE TABLE store.minutes (
    project VARCHAR NOT NULL,
    round VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    text VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, round, revision)
)
