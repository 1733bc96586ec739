-- 填报人：who reports for a place. The newest event about a person and a place decides.
CREATE TABLE store.reporter (
    project VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    given BOOLEAN NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, place, person, revision)
)
