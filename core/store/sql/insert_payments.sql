-- Many payments at once, out of a table in memory: two hundred thousand take a second, not minutes.
INSERT INTO store.payment (
    batch, project, seq, place, paid_on, payee, amount, funding, voucher, contract_no, contract, purpose, source, raw
)
SELECT $batch, $project, seq, place, paid_on, payee, amount, funding, voucher, contract_no, contract, purpose, source, raw
FROM given
