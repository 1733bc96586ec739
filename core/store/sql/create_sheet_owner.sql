-- A sheet without a row here is shared. One sheet a person and round: its id is made from both.
CREATE TABLE store.sheet_owner (
    project VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    owner_name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('evaluator', 'panel', 'unit')),
    PRIMARY KEY (project, sheet)
)
