-- content: a JSON object of ticks, faults, answers, level, figures, veto.
CREATE TABLE store.item_input (
    project VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    edit_id VARCHAR NOT NULL UNIQUE,
    content VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    previous VARCHAR NOT NULL UNIQUE,
    digest VARCHAR NOT NULL,
    PRIMARY KEY (project, sheet, code, revision)
)
