SELECT seq, source, initial, budget, executed, rate FROM store.sheet_budget WHERE project = $project AND sheet = $sheet ORDER BY seq
