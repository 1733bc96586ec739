-- What is known of each person's logins, a row a thing; moments are seconds since 1970.
SELECT person, 'password' AS kind, 0 AS moment FROM store.login_password
UNION ALL
SELECT person, 'last' AS kind, moment FROM store.login_last
UNION ALL
SELECT person, 'one_time' AS kind, until AS moment FROM store.login_one_time
UNION ALL
SELECT person, 'locked' AS kind, until AS moment FROM store.login_failure WHERE failures >= $most
