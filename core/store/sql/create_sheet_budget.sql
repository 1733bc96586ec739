-- The budget block of a 自评表: a line in all and one for each source, 万元. rate: as it is written.
CREATE TABLE store.sheet_budget (
    project VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    initial DECIMAL(18, 6),
    budget DECIMAL(18, 6),
    executed DECIMAL(18, 6),
    rate VARCHAR NOT NULL,
    PRIMARY KEY (project, sheet, seq)
)
