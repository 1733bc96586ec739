-- Rounds that people opened, and changes of any round's rule; a round of the data has no event until then.
CREATE TABLE store.round_event (
    project VARCHAR NOT NULL,
    round VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('self', 'initial', 'final')),
    rule VARCHAR NOT NULL CHECK (rule IN ('mean', 'median', 'trimmed_mean', 'chief')),
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, round, revision)
)
