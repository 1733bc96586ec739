INSERT INTO store.delivery (
    batch, project, seq, place, physical, started, finished, accepted, satisfaction, surveyed,
    source, raw
)
VALUES (
    $batch, $project, $seq, $place, $physical, $started, $finished, $accepted, $satisfaction,
    $surveyed, $source, $raw
)
