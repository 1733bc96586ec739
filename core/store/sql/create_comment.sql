CREATE TABLE store.comment (
    project VARCHAR NOT NULL,
    round VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('comment', 'reply')),
    text VARCHAR NOT NULL,
    decision VARCHAR NOT NULL CHECK (decision IN ('', '采纳', '部分采纳', '不采纳')),
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, round, code, revision),
    CHECK ((kind = 'reply') = (decision <> ''))
)
