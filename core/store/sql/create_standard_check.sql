-- What was found at a point of a standard, in a street as a whole (community: '') or in a community. Each event says all.
CREATE TABLE store.standard_check (
    project VARCHAR NOT NULL,
    standard VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    community VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    result VARCHAR NOT NULL CHECK (result IN ('met', 'not_met', 'not_applicable', 'unchecked')),
    checked_on DATE,
    checked_by VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    picture VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, standard, version, place, community, code, seq)
)
