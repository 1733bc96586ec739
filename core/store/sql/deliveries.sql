SELECT place, source, physical, started, finished, accepted, satisfaction, surveyed,
       homes_finished, inspected, qualified, stage_target, contract, variation, raw
FROM store.delivery AS delivery
LEFT JOIN store.delivery_more AS more USING (batch, project, place)
WHERE batch = $batch AND project = $project
ORDER BY delivery.seq
