SELECT id, name, grade, floor FROM store.grade_scheme ORDER BY id, seq
