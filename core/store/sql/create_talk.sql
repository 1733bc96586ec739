-- kind: said; of the thread resolved, reopened; of a remark (about: its revision) marked for the minutes, unmarked.
-- mentioned: a JSON list of [id, name].
CREATE TABLE store.talk (
    project VARCHAR NOT NULL,
    round VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    edit_id VARCHAR NOT NULL UNIQUE,
    kind VARCHAR NOT NULL CHECK (kind IN ('said', 'resolved', 'reopened', 'marked', 'unmarked')),
    about INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    mentioned VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, round, code, revision),
    CHECK ((kind = 'said') = (text <> '')),
    CHECK ((kind IN ('marked', 'unmarked')) = (about >= 1))
)
