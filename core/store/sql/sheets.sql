-- A round that was deleted (it was empty) has no sheets any more.
SELECT sheet.id, sheet.name, sheet.scheme, sheet.scheme_version, scheme.name AS scheme_name, scheme_step.step, sheet.grade_scheme, sheet.reconstruction
FROM store.sheet
JOIN store.scheme ON scheme.id = sheet.scheme AND scheme.version = sheet.scheme_version
LEFT JOIN store.scheme_step ON scheme_step.scheme = sheet.scheme AND scheme_step.version = sheet.scheme_version
WHERE sheet.project = $project AND sheet.made_at <= $moment
  AND split_part(sheet.id, '/', 1) NOT IN (
      SELECT round FROM store.round_setting WHERE project = $project AND change = 'deleted' AND made_at <= $moment
  )
ORDER BY sheet.made_at, sheet.id
