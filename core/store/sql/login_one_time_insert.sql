INSERT INTO store.login_one_time (person, until) VALUES ($person, $until)
