-- Every scheme with its items, in their order.
SELECT
    scheme.id, scheme.version, scheme.name, code, l1, l2, l3, weight, kind, params, rule, inputs, evidence_needed,
    source_section
FROM store.scheme
JOIN store.indicator ON indicator.scheme = scheme.id AND indicator.version = scheme.version
ORDER BY scheme.id, scheme.version, indicator.seq
