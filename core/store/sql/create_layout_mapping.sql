-- What a column of one layout of heading means, as somebody has said; the newest counts. layout '': whatever the
-- layout, place is then the heading. field '': a column to leave out; NULL: what was said is forgotten.
CREATE TABLE store.layout_mapping (
    project VARCHAR NOT NULL,
    layout VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    heading VARCHAR NOT NULL,
    field VARCHAR,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, layout, place, seq)
)
