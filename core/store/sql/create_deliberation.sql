-- What the panel has decided of an item, whole, from a change on. discussed false: it has still to be talked about.
CREATE TABLE store.deliberation (
    project VARCHAR NOT NULL,
    round VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    edit_id VARCHAR NOT NULL UNIQUE,
    discussed BOOLEAN NOT NULL,
    decision VARCHAR NOT NULL,
    proposer VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, round, code, revision)
)
