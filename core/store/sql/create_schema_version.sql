-- Which shape the tables have; the largest number counts.
CREATE TABLE store.schema_version (
    version INTEGER PRIMARY KEY,
    made_at TIMESTAMP NOT NULL
)
