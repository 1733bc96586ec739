-- The step in which points are given by a scheme. A scheme without a row here takes two decimals.
CREATE TABLE store.scheme_step (
    batch VARCHAR NOT NULL,
    scheme VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    step DECIMAL(4, 2) NOT NULL CHECK (step IN (0.01, 0.10, 0.50, 1.00)),
    PRIMARY KEY (scheme, version)
)
