DELETE FROM store.login_session WHERE person = $person AND id <> $id
