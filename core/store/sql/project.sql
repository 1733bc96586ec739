SELECT id, name, title_places, approval, approved_on, source
FROM store.project
WHERE batch = $batch AND id = $project
