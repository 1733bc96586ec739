INSERT INTO store.funding (
    batch, project, seq, source, name, planned, planned_share, paid, arrived, section, planned_raw,
    planned_share_raw, paid_raw
)
VALUES (
    $batch, $project, $seq, $source, $name, $planned, $planned_share, $paid, $arrived, $section,
    $planned_raw, $planned_share_raw, $paid_raw
)
