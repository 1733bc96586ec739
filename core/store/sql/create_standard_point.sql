-- content: a part of the works that was approved; standard: how the works have to be.
CREATE TABLE store.standard_point (
    batch VARCHAR NOT NULL,
    standard VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    group_name VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    section VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('standard', 'content')),
    PRIMARY KEY (standard, version, code)
)
