-- Whether a project has filed that content anywhere: as evidence, or as the proof of a finding (digest, space, name).
SELECT 1 FROM store.evidence WHERE project = $project AND digest = $digest
UNION ALL SELECT 1 FROM store.finding_event WHERE project = $project AND starts_with(evidence, $digest)
