-- Whether a project has filed that content anywhere: as evidence, as the proof of a finding (digest, space, name), or as
-- the picture of a check or of a place.
SELECT 1 FROM store.evidence WHERE project = $project AND digest = $digest
UNION ALL SELECT 1 FROM store.finding_event WHERE project = $project AND starts_with(evidence, $digest)
UNION ALL SELECT 1 FROM store.standard_check WHERE project = $project AND starts_with(picture, $digest)
UNION ALL SELECT 1 FROM store.site_picture WHERE project = $project AND starts_with(picture, $digest)
