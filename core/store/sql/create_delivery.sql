-- What a place reports of its work; NULL: not reported. Shares 0..1, communities counted.
CREATE TABLE store.delivery (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    physical DECIMAL(18, 6) CHECK (physical BETWEEN 0 AND 1),
    started INTEGER CHECK (started >= 0),
    finished INTEGER CHECK (finished >= 0),
    accepted INTEGER CHECK (accepted >= 0),
    satisfaction DECIMAL(18, 6) CHECK (satisfaction BETWEEN 0 AND 1),
    surveyed INTEGER CHECK (surveyed >= 0),
    source VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, place)
)
