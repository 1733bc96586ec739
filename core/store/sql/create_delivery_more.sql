-- What a place reports of its work beside `delivery`, under the same key; NULL: not reported. Counts; 万元.
CREATE TABLE store.delivery_more (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    homes_finished INTEGER CHECK (homes_finished >= 0),
    inspected INTEGER CHECK (inspected >= 0),
    qualified INTEGER CHECK (qualified >= 0),
    stage_target INTEGER CHECK (stage_target >= 0),
    contract DECIMAL(18, 6) CHECK (contract >= 0),
    variation DECIMAL(18, 6),
    PRIMARY KEY (batch, project, place)
)
