CREATE TABLE store.standard (
    batch VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
)
