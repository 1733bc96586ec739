-- The digests of contents that were filed and are neither there nor taken out.
SELECT DISTINCT digest FROM store.evidence
WHERE digest NOT IN (SELECT digest FROM store.evidence_bytes) AND digest NOT IN (SELECT digest FROM store.redaction)
ORDER BY digest
