-- The ledger of one snapshot as that of another: a correction changes one figure and keeps the rest.
INSERT INTO store.payment (
    batch, project, seq, place, paid_on, payee, amount, funding, voucher, contract_no, contract, purpose, source, raw
)
SELECT $batch, project, seq, place, paid_on, payee, amount, funding, voucher, contract_no, contract, purpose, source, raw
FROM store.payment
WHERE batch = $parent AND project = $project
