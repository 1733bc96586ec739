SELECT
    person,
    begun,
    (SELECT COUNT(*) FROM store.login_one_time WHERE login_one_time.person = login_session.person) AS one_time
FROM store.login_session
WHERE id = $id
