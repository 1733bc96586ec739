-- Funds arrived, 万元, by source of money and day.
CREATE TABLE store.arrival (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    funding VARCHAR NOT NULL,
    arrived_on DATE NOT NULL,
    amount DECIMAL(18, 6) NOT NULL CHECK (amount >= 0),
    source VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, seq)
)
