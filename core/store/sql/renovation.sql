SELECT place, communities, communities_second, buildings, households, area, source,
    serial_raw, place_raw, communities_raw, buildings_raw, households_raw, area_raw
FROM store.renovation
WHERE batch = $batch AND project = $project
ORDER BY seq
