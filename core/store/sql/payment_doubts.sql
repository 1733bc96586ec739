-- The payments to be looked at, a row for each reason ($kind NULL: for all): from the $first to the $last of each reason,
-- with how many there are and what they add up to. What belongs together stands together: the same twice, one contract.
-- $multiple: the amount whose multiples are round sums. $works: a pattern of the purposes that bond money is approved for.
-- Only of the few that are shown the whole line is read: of 200,000 the cells as they stood would fill the memory.
WITH ledger AS MATERIALIZED (
    SELECT seq, paid_on, payee, amount, funding, voucher, contract_no, purpose,
           sum(amount) OVER by_contract AS of_contract, max(contract) OVER by_contract AS price,
           max(contract_no) OVER (PARTITION BY payee) AS of_payee,
           count(*) OVER (PARTITION BY payee, amount, paid_on) AS same_day,
           count(*) OVER (PARTITION BY payee, amount, voucher) AS same_voucher
    FROM store.payment
    WHERE batch = $batch AND project = $project
    WINDOW by_contract AS (PARTITION BY contract_no)
),
doubts AS (
    SELECT 'later' AS kind, '' AS beside, seq, amount FROM ledger WHERE paid_on > $as_of
    UNION ALL
    SELECT 'twice', concat_ws('|', payee, amount), seq, amount FROM ledger
    WHERE payee <> '' AND amount > 0
      AND ((paid_on IS NOT NULL AND same_day > 1) OR (voucher <> '' AND same_voucher > 1))
    UNION ALL
    SELECT 'round', '', seq, amount FROM ledger WHERE amount >= $multiple AND amount % $multiple = 0
    UNION ALL
    SELECT 'no_contract', payee, seq, amount FROM ledger
    WHERE amount > 0 AND contract_no = '' AND (payee = '' OR of_payee = '')
    UNION ALL
    SELECT 'over_contract', contract_no, seq, amount FROM ledger
    WHERE contract_no <> '' AND of_contract > price + $tolerance
    UNION ALL
    SELECT 'outside', '', seq, amount FROM ledger
    WHERE funding = 'bond' AND purpose <> '' AND NOT regexp_matches(purpose, $works)
),
shown AS (
    SELECT kind, beside, seq, count(*) OVER by_kind AS payments, sum(amount) OVER by_kind AS whole
    FROM doubts
    WHERE $kind::VARCHAR IS NULL OR kind = $kind
    WINDOW by_kind AS (PARTITION BY kind)
    QUALIFY row_number() OVER (PARTITION BY kind ORDER BY beside, seq) BETWEEN $first AND $last
)
SELECT kind, place, paid_on, payee, amount, funding, voucher, contract_no, contract, purpose, source, raw, payments, whole
FROM shown
JOIN store.payment AS payment ON payment.batch = $batch AND payment.project = $project AND payment.seq = shown.seq
ORDER BY kind, beside, shown.seq
