-- What a 自评表 says of an item beside its points, in its own words.
CREATE TABLE store.sheet_target (
    project VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    actual VARCHAR NOT NULL,
    deviation VARCHAR NOT NULL,
    PRIMARY KEY (project, sheet, code)
)
