-- What the document states; never used as a computed figure.
CREATE TABLE store.claim (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    value DECIMAL(18, 6),
    text VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, id)
)
