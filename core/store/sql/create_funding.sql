-- 万元; arrived NULL: not reported.
CREATE TABLE store.funding (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    source VARCHAR NOT NULL CHECK (source IN ('bond', 'budget')),
    name VARCHAR NOT NULL,
    planned DECIMAL(18, 6) NOT NULL CHECK (planned >= 0),
    planned_share DECIMAL(18, 6) NOT NULL,
    paid DECIMAL(18, 6) NOT NULL CHECK (paid >= 0),
    arrived DECIMAL(18, 6) CHECK (arrived >= 0),
    section VARCHAR NOT NULL,
    planned_raw VARCHAR NOT NULL,
    planned_share_raw VARCHAR NOT NULL,
    paid_raw VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, source)
)
