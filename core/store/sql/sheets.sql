SELECT sheet.id, sheet.name, sheet.scheme, sheet.scheme_version, scheme.name, sheet.grade_scheme, sheet.reconstruction
FROM store.sheet
JOIN store.scheme ON scheme.id = sheet.scheme AND scheme.version = sheet.scheme_version
WHERE sheet.project = $project AND sheet.made_at <= $moment
ORDER BY sheet.made_at, sheet.id
