-- What `funding` cannot hold: a source beside bond and budget under its own name, or one whose payments are not reported
-- (paid NULL). 万元; arrived NULL: not reported. seq: the place among all the sources of the snapshot.
CREATE TABLE store.funding_kind (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    planned DECIMAL(18, 6) NOT NULL CHECK (planned >= 0),
    planned_share DECIMAL(18, 6) NOT NULL,
    paid DECIMAL(18, 6) CHECK (paid >= 0),
    arrived DECIMAL(18, 6) CHECK (arrived >= 0),
    section VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, source)
)
