-- The communities that a reporting period asks for, in the order of its form; none: it asks for places.
CREATE TABLE store.reporting_community (
    project VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    community VARCHAR NOT NULL,
    PRIMARY KEY (project, period, seq)
)
