DELETE FROM store.login_session WHERE begun < $before
