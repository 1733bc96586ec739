-- One figure of a batch put right: the snapshot `batch` is `parent` with only this changed.
CREATE TABLE store.correction (
    batch VARCHAR PRIMARY KEY,
    project VARCHAR NOT NULL,
    parent VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    old VARCHAR NOT NULL,
    new VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
)
