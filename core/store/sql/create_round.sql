CREATE TABLE store.round (
    batch VARCHAR,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (project, id)
)
