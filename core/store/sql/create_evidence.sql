CREATE TABLE store.evidence (
    project VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    size BIGINT NOT NULL CHECK (size > 0),
    digest VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, sheet, code, id)
)
