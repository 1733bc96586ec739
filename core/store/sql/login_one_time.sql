SELECT until FROM store.login_one_time WHERE person = $person
