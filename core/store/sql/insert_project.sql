INSERT INTO store.project (
    batch, seq, id, name, title_places, approval, approved_on, source
)
VALUES (
    $batch, $seq, $id, $name, $title_places, $approval, $approved_on, $source
)
