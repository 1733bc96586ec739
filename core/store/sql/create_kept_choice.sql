-- 常用选项：a choice for papers, kept under a name. Each event says all of it; one without content removes it.
CREATE TABLE store.kept_choice (
    project VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    content VARCHAR NOT NULL,
    is_default BOOLEAN NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, name, seq)
)
