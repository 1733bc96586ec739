INSERT INTO store.sheet_owner (
    project, sheet, owner, owner_name, kind
)
VALUES (
    $project, $sheet, $owner, $owner_name, $kind
)
