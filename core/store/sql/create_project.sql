-- title_places: joined by 、
CREATE TABLE store.project (
    batch VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    title_places VARCHAR NOT NULL,
    approval VARCHAR NOT NULL,
    approved_on DATE NOT NULL,
    source VARCHAR NOT NULL,
    PRIMARY KEY (batch, id)
)
