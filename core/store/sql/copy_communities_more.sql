-- What is told of the communities of one snapshot besides, as that of another.
INSERT INTO store.community_more (batch, project, seq, built, renewal, begun_on, done_on, own_estimate, said)
SELECT $batch, project, seq, built, renewal, begun_on, done_on, own_estimate, said
FROM store.community_more
WHERE batch = $parent AND project = $project
