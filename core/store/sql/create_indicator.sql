-- params: a JSON object.
CREATE TABLE store.indicator (
    batch VARCHAR NOT NULL,
    scheme VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    l1 VARCHAR NOT NULL,
    l2 VARCHAR NOT NULL,
    l3 VARCHAR NOT NULL,
    weight DECIMAL(6, 2) NOT NULL CHECK (weight > 0),
    kind VARCHAR NOT NULL,
    params VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    inputs VARCHAR NOT NULL,
    evidence_needed VARCHAR NOT NULL,
    source_section VARCHAR NOT NULL,
    PRIMARY KEY (scheme, version, code)
)
