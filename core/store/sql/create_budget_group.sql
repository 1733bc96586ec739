-- One merged amount, 万元.
CREATE TABLE store.budget_group (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    amount DECIMAL(18, 6) NOT NULL CHECK (amount >= 0),
    amount_raw VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, id)
)
