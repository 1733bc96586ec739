SELECT person, begun FROM store.login_session WHERE id = $id
