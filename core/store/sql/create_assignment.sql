-- codes: the items that the person scores in the round, a JSON list; [] for all.
CREATE TABLE store.assignment (
    project VARCHAR NOT NULL,
    round VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    person_name VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    codes VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, round, person, revision)
)
