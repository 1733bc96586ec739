INSERT INTO store.login_failure (person, failures, until) VALUES ($person, $failures, $until)
