-- Who answers for a row of `milestone`, under the same key; one that nobody answers for is not there.
CREATE TABLE store.milestone_owner (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, place, name)
)
