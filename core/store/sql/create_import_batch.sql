-- One import: a whole snapshot of one project, or (project NULL) the schemes. A later one never touches an earlier one.
CREATE TABLE store.import_batch (
    id VARCHAR PRIMARY KEY,
    project VARCHAR,
    as_of DATE,
    source VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
)
