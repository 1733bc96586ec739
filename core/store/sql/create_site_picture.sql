-- A picture of a place before or after its renovation; the event that takes it back has the next number.
CREATE TABLE store.site_picture (
    project VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    community VARCHAR NOT NULL,
    moment VARCHAR NOT NULL CHECK (moment IN ('before', 'after')),
    taken_on DATE NOT NULL,
    picture VARCHAR NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, id, seq)
)
