-- 复核规则：whether imports and corrections wait for a second person. The newest revision of a project counts.
CREATE TABLE store.review_rule (
    project VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    needed BOOLEAN NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, revision)
)
