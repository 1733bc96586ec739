-- The places that a merged amount covers.
CREATE TABLE store.budget_group_place (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    budget_group VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, budget_group, place)
)
