-- A problem or a recommendation of the evaluation; what becomes of it are its events.
CREATE TABLE store.finding (
    project VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('problem', 'recommendation')),
    text VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, id)
)
