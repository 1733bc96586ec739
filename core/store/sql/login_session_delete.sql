DELETE FROM store.login_session WHERE id = $id
