-- Both end days count. ("end" and "default" are reserved words.)
CREATE TABLE store.baseline (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL CHECK (ends_on >= starts_on),
    is_default BOOLEAN NOT NULL,
    source VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, id)
)
