-- One community of the detail, by the name under its place.
SELECT place, name, source, buildings, households, area, invested, paid, physical, raw
FROM store.community
WHERE batch = $batch AND project = $project AND place = $place AND name = $name
