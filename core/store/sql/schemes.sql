-- Every scheme with its items, in their order.
SELECT
    scheme.id AS scheme, scheme.version, scheme.name AS scheme_name, scheme_step.step, code, l1, l2, l3, weight, kind, params, rule, inputs, evidence_needed,
    source_section
FROM store.scheme
JOIN store.indicator ON indicator.scheme = scheme.id AND indicator.version = scheme.version
LEFT JOIN store.scheme_step ON scheme_step.scheme = scheme.id AND scheme_step.version = scheme.version
ORDER BY scheme.id, scheme.version, indicator.seq
