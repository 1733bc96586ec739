DELETE FROM store.login_password WHERE person = $person
