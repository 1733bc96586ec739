-- A goal of the project. Each event says all of it; one without a text takes it back.
CREATE TABLE store.goal (
    project VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('overall', 'stage')),
    text VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, id, seq)
)
