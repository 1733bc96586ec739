-- What is told of each community besides, where anything is, out of the same table in memory.
INSERT INTO store.community_more (batch, project, seq, built, renewal, begun_on, done_on, own_estimate, said)
SELECT $batch, $project, seq, built, renewal, begun_on, done_on, own_estimate, said
FROM given
WHERE coalesce(built, renewal, said) IS NOT NULL OR begun_on IS NOT NULL OR done_on IS NOT NULL
   OR own_estimate IS NOT NULL
