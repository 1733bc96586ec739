-- batch NULL: made by a person. id begins with its round: r1/working.
CREATE TABLE store.sheet (
    batch VARCHAR,
    project VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    scheme VARCHAR NOT NULL,
    scheme_version INTEGER NOT NULL,
    grade_scheme VARCHAR NOT NULL,
    reconstruction BOOLEAN NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, id)
)
