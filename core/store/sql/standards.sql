-- Every standard with its points, in their order.
SELECT
    standard.id AS standard, standard.version, standard.name AS standard_name, code, group_name, text, section, kind
FROM store.standard
JOIN store.standard_point ON standard_point.standard = standard.id AND standard_point.version = standard.version
ORDER BY standard.id, standard.version, standard_point.seq
