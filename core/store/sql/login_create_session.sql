-- id: the digest of what the cookie holds. begun: seconds since 1970.
CREATE TABLE IF NOT EXISTS store.login_session (
    id VARCHAR PRIMARY KEY,
    person VARCHAR NOT NULL,
    begun DOUBLE PRECISION NOT NULL
)
