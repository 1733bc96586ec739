-- frozen: JSON of what a lock holds fast. previous, digest: a chain of its own for each sheet, as in score_event.
CREATE TABLE store.sheet_event (
    project VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    edit_id VARCHAR NOT NULL UNIQUE,
    kind VARCHAR NOT NULL CHECK (kind IN ('submitted', 'returned', 'locked', 'unlocked')),
    reason VARCHAR NOT NULL,
    frozen VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    previous VARCHAR NOT NULL UNIQUE,
    digest VARCHAR NOT NULL,
    PRIMARY KEY (project, sheet, revision)
)
