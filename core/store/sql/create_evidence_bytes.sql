-- One content once, however often it is filed: backup, replicas and migration need nothing beside the tables.
CREATE TABLE store.evidence_bytes (
    digest VARCHAR PRIMARY KEY,
    content BLOB NOT NULL
)
