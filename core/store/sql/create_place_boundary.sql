-- 街镇边界：the outlines of a project's places, a row an import; one without outlines withdraws those before it.
CREATE TABLE store.place_boundary (
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    file VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    outlines VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, seq)
)
