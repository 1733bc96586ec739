-- imported: it came with the data of its project, and was there from the beginning.
SELECT id, name, batch IS NOT NULL AS imported FROM store.round WHERE project = $project ORDER BY seq, id
