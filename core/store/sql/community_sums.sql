-- What the detail of each place adds up to; a column that one row does not report is NULL.
SELECT place, count(*),
       CASE WHEN count(buildings) = count(*) THEN sum(buildings) END,
       CASE WHEN count(households) = count(*) THEN sum(households) END,
       CASE WHEN count(area) = count(*) THEN sum(area) END,
       CASE WHEN count(invested) = count(*) THEN sum(invested) END,
       CASE WHEN count(paid) = count(*) THEN sum(paid) END
FROM store.community
WHERE batch = $batch AND project = $project
GROUP BY place
ORDER BY min(seq)
