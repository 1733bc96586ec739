-- Also of names that nobody has, so that a lock does not tell which names there are. until: seconds since 1970.
CREATE TABLE IF NOT EXISTS store.login_failure (
    person VARCHAR PRIMARY KEY,
    failures INTEGER NOT NULL,
    until DOUBLE PRECISION NOT NULL
)
