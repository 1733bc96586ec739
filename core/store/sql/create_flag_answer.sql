-- answer '': withdrawn, the flag is open again.
CREATE TABLE store.flag_answer (
    project VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    answer VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, sheet, code, kind, revision)
)
