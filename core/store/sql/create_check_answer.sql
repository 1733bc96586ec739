-- What a named person has found out about a check (已核实: …); the newest is shown beside it.
CREATE TABLE store.check_answer (
    project VARCHAR NOT NULL,
    check_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, check_id, seq)
)
