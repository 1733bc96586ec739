-- What a heading means here, as somebody has said; the newest counts. field '': a column to leave out.
CREATE TABLE store.column_mapping (
    project VARCHAR NOT NULL,
    heading VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, heading, seq)
)
