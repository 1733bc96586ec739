-- A figure of a place that nobody has reported: where `spend` or `renovation` has the row, its column there, which may
-- not be empty, holds 0 and means nothing. `field`: invested, paid, communities, buildings, households, area.
CREATE TABLE store.not_reported (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, place, field)
)
