-- code '': the whole sheet.
CREATE TABLE store.recusal (
    project VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    active BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, sheet, code, revision)
)
