INSERT INTO store.login_session (id, person, begun) VALUES ($id, $person, $begun)
