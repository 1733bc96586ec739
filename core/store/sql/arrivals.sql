SELECT funding, arrived_on, amount, source
FROM store.arrival
WHERE batch = $batch AND project = $project
ORDER BY arrived_on, seq
