-- How many communities of a place ($place NULL: of all) have a name that holds $text.
SELECT count(*)
FROM store.community
WHERE batch = $batch AND project = $project
  AND ($place::VARCHAR IS NULL OR place = $place)
  AND ($text::VARCHAR IS NULL OR contains(lower(name), lower($text)))
