DELETE FROM store.login_failure WHERE person = $person
