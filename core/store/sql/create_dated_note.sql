-- 大事记: a note on a day of a project. Each row says all of it; one without a name takes it back.
CREATE TABLE store.dated_note (
    project VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    day DATE NOT NULL,
    name VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, id, seq)
)
