-- A content that had to go: its bytes are deleted (the one lawful DELETE of the store), its digest, what was filed and
-- who wanted it gone stay.
CREATE TABLE store.redaction (
    digest VARCHAR PRIMARY KEY,
    project VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
)
