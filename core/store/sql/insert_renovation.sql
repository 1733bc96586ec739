INSERT INTO store.renovation (
    batch, project, seq, place, communities, communities_second, buildings, households, area,
    source, serial_raw, place_raw, communities_raw, buildings_raw, households_raw, area_raw
)
VALUES (
    $batch, $project, $seq, $place, $communities, $communities_second, $buildings, $households,
    $area, $source, $serial_raw, $place_raw, $communities_raw, $buildings_raw, $households_raw,
    $area_raw
)
