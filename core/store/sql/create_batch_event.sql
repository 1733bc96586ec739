-- What happened to an import: held (it waits for a second person's release), released, withdrawn. The newest decides.
CREATE TABLE store.batch_event (
    project VARCHAR NOT NULL,
    batch VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('held', 'released', 'withdrawn')),
    reason VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (batch, seq)
)
