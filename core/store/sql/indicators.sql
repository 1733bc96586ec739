SELECT scheme, version, code, l1, l2, l3, weight, kind, params, rule, inputs, evidence_needed, source_section
FROM store.indicator
WHERE (scheme, version) IN (SELECT (sheet.scheme, sheet.scheme_version) FROM store.sheet WHERE sheet.project = $project)
ORDER BY scheme, version, seq
