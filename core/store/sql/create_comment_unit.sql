-- The evaluated unit that made a comment, beside its row in `comment`, under the same key. An answer has none, nor have
-- comments from before units were asked for.
CREATE TABLE store.comment_unit (
    project VARCHAR NOT NULL,
    round VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    unit VARCHAR NOT NULL,
    PRIMARY KEY (project, round, code, revision)
)
