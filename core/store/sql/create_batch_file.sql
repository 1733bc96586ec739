-- The file that an import came from: the same one again is recognised by its digest (SHA-256).
CREATE TABLE store.batch_file (
    batch VARCHAR PRIMARY KEY,
    project VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
)
