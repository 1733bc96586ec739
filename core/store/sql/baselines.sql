SELECT id, starts_on AS "start", ends_on AS "end", is_default AS "default", source
FROM store.baseline
WHERE batch = $batch AND project = $project
ORDER BY seq
