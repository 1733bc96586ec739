SELECT digest FROM store.evidence_bytes ORDER BY digest
