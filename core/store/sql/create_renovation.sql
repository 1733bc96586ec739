-- The planned scope; area in 万㎡.
CREATE TABLE store.renovation (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    communities INTEGER NOT NULL CHECK (communities >= 0),
    communities_second INTEGER CHECK (communities_second >= 0),
    buildings INTEGER NOT NULL CHECK (buildings >= 0),
    households INTEGER NOT NULL CHECK (households >= 0),
    area DECIMAL(18, 6) NOT NULL CHECK (area >= 0),
    source VARCHAR NOT NULL,
    serial_raw VARCHAR NOT NULL,
    place_raw VARCHAR NOT NULL,
    communities_raw VARCHAR NOT NULL,
    buildings_raw VARCHAR NOT NULL,
    households_raw VARCHAR NOT NULL,
    area_raw VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, place)
)
