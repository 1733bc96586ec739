-- Who may do what, as events: nothing says here how anybody logs in. role, project: of granted and revoked; project ''
-- means all of them. name: of added.
CREATE TABLE store.user_event (
    person VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('added', 'granted', 'revoked', 'disabled', 'enabled')),
    role VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (person, revision)
)
