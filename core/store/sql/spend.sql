SELECT place, invested, paid, budget_group, source, serial_raw, place_raw, estimate_raw, invested_raw, paid_raw
FROM store.spend
WHERE batch = $batch AND project = $project
ORDER BY seq
