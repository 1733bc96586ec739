-- One line of the ledger of payments (付款台账), 万元; below 0 is taken back. NULL and '': not stated. `raw`: its cells by
-- heading, JSON.
CREATE TABLE store.payment (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR,
    paid_on DATE,
    payee VARCHAR NOT NULL,
    amount DECIMAL(18, 6) NOT NULL,
    funding VARCHAR NOT NULL,
    voucher VARCHAR NOT NULL,
    contract_no VARCHAR NOT NULL,
    contract DECIMAL(18, 6) CHECK (contract >= 0),
    purpose VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, seq)
)
