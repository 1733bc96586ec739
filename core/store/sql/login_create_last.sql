-- When somebody came in last. moment: seconds since 1970.
CREATE TABLE IF NOT EXISTS store.login_last (
    person VARCHAR PRIMARY KEY,
    moment DOUBLE PRECISION NOT NULL
)
