-- What the detail of each place adds up to; a column that one row does not report is NULL.
SELECT place, count(*) AS communities,
       CASE WHEN count(buildings) = count(*) THEN sum(buildings) END AS buildings,
       CASE WHEN count(households) = count(*) THEN sum(households) END AS households,
       CASE WHEN count(area) = count(*) THEN sum(area) END AS area,
       CASE WHEN count(invested) = count(*) THEN sum(invested) END AS invested,
       CASE WHEN count(paid) = count(*) THEN sum(paid) END AS paid
FROM store.community
WHERE batch = $batch AND project = $project
GROUP BY place
ORDER BY min(seq)
