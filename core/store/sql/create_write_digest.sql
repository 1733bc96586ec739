-- What each write has put into which table: digests of its rows, each write chained to the one before it. kind:
-- upgraded, for what an older version of the program had left without. Unique `previous`: the chain never forks.
CREATE TABLE store.write_digest (
    number INTEGER PRIMARY KEY CHECK (number >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('written', 'upgraded')),
    content VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    previous VARCHAR NOT NULL UNIQUE,
    digest VARCHAR NOT NULL
)
