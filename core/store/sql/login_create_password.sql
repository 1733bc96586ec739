-- The newest hash only: an old one would be kept for nobody's good.
CREATE TABLE IF NOT EXISTS store.login_password (
    person VARCHAR PRIMARY KEY,
    hash VARCHAR NOT NULL
)
