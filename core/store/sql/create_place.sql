CREATE TABLE store.place (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, name)
)
