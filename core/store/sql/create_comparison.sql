-- A figure before and after the renovation; place NULL: of the whole project, community '': of the whole place.
CREATE TABLE store.comparison (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR,
    community VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    before DECIMAL(18, 6),
    after DECIMAL(18, 6),
    source VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, seq)
)
