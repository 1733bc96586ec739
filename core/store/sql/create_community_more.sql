-- What a row of `community` tells besides, under the same key; NULL: not reported. `said`: the cells that say less than
-- a value (a month, about, words), as they were typed, JSON by field. `own_estimate`: 万元. A community of which nothing is told is not there.
CREATE TABLE store.community_more (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    built VARCHAR,
    renewal VARCHAR,
    begun_on DATE,
    done_on DATE,
    own_estimate DECIMAL(18, 6) CHECK (own_estimate >= 0),
    said VARCHAR,
    PRIMARY KEY (batch, project, seq)
)
