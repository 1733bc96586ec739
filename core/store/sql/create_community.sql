-- One 小区, optional detail under its place; 万元, 万㎡. NULL: not reported. `raw`: its cells by heading, JSON.
CREATE TABLE store.community (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    buildings INTEGER CHECK (buildings >= 0),
    households INTEGER CHECK (households >= 0),
    area DECIMAL(18, 6) CHECK (area >= 0),
    invested DECIMAL(18, 6) CHECK (invested >= 0),
    paid DECIMAL(18, 6) CHECK (paid >= 0),
    physical DECIMAL(18, 6) CHECK (physical BETWEEN 0 AND 1),
    source VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, seq)
)
