-- What became of a place's report. A release is of the whole period (place '') and names the snapshot that it has made.
CREATE TABLE store.report_step (
    project VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('submitted', 'recalled', 'returned', 'reviewed', 'released')),
    reason VARCHAR NOT NULL,
    batch VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, period, place, revision)
)
