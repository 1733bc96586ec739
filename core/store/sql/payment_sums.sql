-- What the payments of each place and source of money add up to; those without a day count as not after $as_of.
SELECT place, funding, count(*) AS payments,
       coalesce(sum(amount) FILTER (paid_on IS NULL OR paid_on <= $as_of), 0) AS amount,
       coalesce(sum(amount) FILTER (paid_on > $as_of), 0) AS later,
       min(paid_on) AS first, max(paid_on) AS last,
       count(*) FILTER (contract_no <> '') AS with_contract,
       count(contract) AS with_price,
       count(*) FILTER (purpose <> '') AS with_purpose,
       count(paid_on) AS with_day
FROM store.payment
WHERE batch = $batch AND project = $project
GROUP BY place, funding
ORDER BY min(seq)
