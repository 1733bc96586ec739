-- 万元. Keyed by the place: the printed serial numbers repeat.
CREATE TABLE store.spend (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    invested DECIMAL(18, 6) NOT NULL CHECK (invested >= 0),
    paid DECIMAL(18, 6) NOT NULL CHECK (paid >= 0),
    budget_group VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    serial_raw VARCHAR NOT NULL,
    place_raw VARCHAR NOT NULL,
    estimate_raw VARCHAR NOT NULL,
    invested_raw VARCHAR NOT NULL,
    paid_raw VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, place)
)
