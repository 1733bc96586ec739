DELETE FROM store.login_last WHERE person = $person
