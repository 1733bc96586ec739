-- What a frame or document shows, by the code that it carries. `figures`: what a deck said where, to be held against it.
CREATE TABLE store.view (
    code VARCHAR PRIMARY KEY,
    project VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    figures VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
)
