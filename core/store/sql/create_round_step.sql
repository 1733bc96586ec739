-- What becomes of a round beside its sheets: opened (edit_id: the form that asked for it), and of a person in it: seen
-- (the others' scores were shown to them before they had a sheet), asked (to score although they had seen them),
-- admitted (a chief said yes), left (their sheet, while it was empty), started (it again).
CREATE TABLE store.round_step (
    project VARCHAR NOT NULL,
    round VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    edit_id VARCHAR NOT NULL UNIQUE,
    kind VARCHAR NOT NULL CHECK (kind IN ('opened', 'seen', 'asked', 'admitted', 'left', 'started')),
    person VARCHAR NOT NULL,
    person_name VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, round, revision)
)
