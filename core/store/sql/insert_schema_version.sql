INSERT INTO store.schema_version (
    version, made_at
)
VALUES (
    $version, $made_at
)
