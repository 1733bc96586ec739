INSERT INTO store.grade_scheme (
    batch, id, seq, name, grade, floor
)
VALUES (
    $batch, $id, $seq, $name, $grade, $floor
)
