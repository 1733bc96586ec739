INSERT INTO store.community (
    batch, project, seq, place, name, buildings, households, area, invested, paid, physical, source,
    raw
)
VALUES (
    $batch, $project, $seq, $place, $name, $buildings, $households, $area, $invested, $paid,
    $physical, $source, $raw
)
