SELECT failures, until FROM store.login_failure WHERE person = $person
