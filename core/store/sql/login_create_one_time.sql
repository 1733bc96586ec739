-- Whose password was made for them: it lets them in to choose their own, and only until then. until: seconds since 1970.
CREATE TABLE IF NOT EXISTS store.login_one_time (
    person VARCHAR PRIMARY KEY,
    until DOUBLE PRECISION NOT NULL
)
