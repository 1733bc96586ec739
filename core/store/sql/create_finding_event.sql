-- 待整改 open, 整改中 working, 已整改 done, 已复核 reviewed. Each event says the whole state.
CREATE TABLE store.finding_event (
    project VARCHAR NOT NULL,
    finding VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('open', 'working', 'done', 'reviewed')),
    owner VARCHAR NOT NULL,
    due DATE,
    evidence VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, finding, seq)
)
