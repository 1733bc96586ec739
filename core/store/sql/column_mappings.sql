-- What headings mean in the files of one project, as somebody has said; the newest word of each counts.
SELECT heading, field
FROM store.column_mapping
WHERE project = $project
QUALIFY row_number() OVER (PARTITION BY heading ORDER BY seq DESC) = 1
ORDER BY heading
