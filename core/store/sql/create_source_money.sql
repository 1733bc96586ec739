-- Money of a source at a place, 万元; NULL: not reported. What `funding` and `funding_kind` cannot hold: by place, and of
-- the whole project (place '') without a plan. source '': of all sources together.
CREATE TABLE store.source_money (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    planned DECIMAL(18, 6) CHECK (planned >= 0),
    arrived DECIMAL(18, 6) CHECK (arrived >= 0),
    paid DECIMAL(18, 6) CHECK (paid >= 0),
    section VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, place, source)
)
