INSERT INTO store.login_password (person, hash) VALUES ($person, $hash)
