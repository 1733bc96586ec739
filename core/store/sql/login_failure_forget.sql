DELETE FROM store.login_failure WHERE until < $now OR until > $latest
