-- What somebody has typed into a cell of a community, as `reported_figure` has it of places. value: of a day it is NULL.
CREATE TABLE store.community_figure (
    project VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    edit_id VARCHAR NOT NULL UNIQUE,
    raw VARCHAR NOT NULL,
    value DECIMAL(18, 6),
    reason VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    community VARCHAR NOT NULL,
    PRIMARY KEY (project, period, place, community, field, revision)
)
