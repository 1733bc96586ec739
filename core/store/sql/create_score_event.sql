-- previous: the digest of the event before it in its sheet. Unique, so that two writers who did not see each other
-- cannot both follow the same event: the chain never forks.
CREATE TABLE store.score_event (
    project VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    edit_id VARCHAR NOT NULL UNIQUE,
    points DECIMAL(6, 2) CHECK (points >= 0),
    status VARCHAR NOT NULL CHECK (status IN ('example', 'confirmed', 'unscored', 'evidence_missing', 'not_applicable')),
    reason VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    previous VARCHAR NOT NULL UNIQUE,
    digest VARCHAR NOT NULL,
    PRIMARY KEY (project, sheet, code, revision),
    CHECK ((status IN ('example', 'confirmed')) = (points IS NOT NULL))
)
