INSERT INTO store.login_last (person, moment) VALUES ($person, $moment)
