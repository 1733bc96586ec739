DELETE FROM store.evidence_bytes WHERE digest = $digest
