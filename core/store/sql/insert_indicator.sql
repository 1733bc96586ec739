INSERT INTO store.indicator (
    batch, scheme, version, seq, code, l1, l2, l3, weight, kind, params, rule, inputs,
    evidence_needed, source_section
)
VALUES (
    $batch, $scheme, $version, $seq, $code, $l1, $l2, $l3, $weight, $kind, $params, $rule, $inputs,
    $evidence_needed, $source_section
)
