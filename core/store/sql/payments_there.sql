SELECT count(*) AS payments
FROM store.payment
WHERE batch = $batch AND project = $project
GROUP BY batch
