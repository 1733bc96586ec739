INSERT INTO store.evidence_bytes (
    digest, content
)
VALUES (
    $digest, $content
)
