-- How many communities of a snapshot tell each of the things that few lists have.
SELECT count(own_estimate) AS own_estimate, count(built) AS built, count(renewal) AS renewal,
       count(*) FILTER (begun_on IS NOT NULL OR contains(said, '"begun_on"')) AS begun_on,
       count(*) FILTER (done_on IS NOT NULL OR contains(said, '"done_on"')) AS done_on
FROM store.community_more
WHERE batch = $batch AND project = $project
