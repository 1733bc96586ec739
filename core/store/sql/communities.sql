-- A page of the detail of one place ($place NULL: of all), in the order of the file.
SELECT place, name, source, buildings, households, area, invested, paid, physical, raw
FROM store.community
WHERE batch = $batch AND project = $project AND ($place::VARCHAR IS NULL OR place = $place)
ORDER BY seq
LIMIT $most OFFSET $first
