-- 项目群: what the chosen projects add up to, the points of the picture, and one page of the list, in one go. Sums only:
-- the quotients here order and place; those that are printed are divided in Python.
-- A row is (totals, points, project); project is NULL when there is none on the page. $only: all slow late open.
-- $batches, $contradictions: what is known of the checks, by batch.
-- $scored, $sheets: projects, and the leading sheet of each (core.scoring.leading_sheet).
WITH counting AS MATERIALIZED (
    -- As in batches.sql.
    SELECT project, id AS batch, coalesce(import_batch.as_of, CAST(made_at AS DATE)) AS as_of
    FROM store.import_batch
    WHERE project IS NOT NULL
      AND /* parts/batch_counts.sql */
    QUALIFY row_number() OVER (PARTITION BY project ORDER BY import_batch.as_of DESC NULLS LAST, made_at DESC, id DESC) = 1
),
estimates AS (SELECT batch, sum(amount) AS estimate FROM store.budget_group SEMI JOIN counting USING (batch) GROUP BY batch),
payments AS (
    SELECT batch, sum(paid) AS paid
    FROM store.spend
    SEMI JOIN counting USING (batch)
    WHERE batch NOT IN (SELECT batch FROM store.not_reported WHERE field = 'paid')
    GROUP BY batch
),
times AS (
    SELECT batch, arg_min(starts_on, seq) AS starts_on, arg_min(ends_on, seq) AS ends_on
    FROM store.baseline
    SEMI JOIN counting USING (batch)
    WHERE is_default
    GROUP BY batch
),
reports AS (
    SELECT batch, arg_min(value, seq) AS reported
    FROM store.claim
    SEMI JOIN counting USING (batch)
    WHERE id = 'reported_score' AND value IS NOT NULL
    GROUP BY batch
),
heads AS (SELECT unnest($scored::VARCHAR[]) AS project, unnest($sheets::VARCHAR[]) AS id),
-- An event is one struct: max_by would pass over points that are NULL.
items AS (
    SELECT event.project, code, max_by(event, revision) AS event
    FROM store.score_event AS event
    SEMI JOIN heads ON heads.project = event.project AND heads.id = event.sheet
    WHERE made_at <= $moment
    GROUP BY event.project, code
),
-- A 扣分项, whose code begins with $minus, takes its points off and has no full marks.
-- What its sheet comes to once somebody has confirmed an item: the sum, and the full marks that apply where some do not.
scores AS (
    SELECT heads.project, any_value(sheet.name) AS sheet, sum(CASE WHEN starts_with(indicator.code, $minus::VARCHAR) THEN -event.points ELSE event.points END) AS total, count(*) FILTER (event.status = 'confirmed') AS confirmed,
           CASE WHEN count(*) FILTER (event.status = 'not_applicable') > 0
                     AND count(*) = count(*) FILTER (event.status = 'not_applicable' OR event.points IS NOT NULL)
                THEN sum(weight) FILTER (event.status IS DISTINCT FROM 'not_applicable' AND NOT starts_with(indicator.code, $minus::VARCHAR))
           END AS applying
    FROM heads
    JOIN store.sheet AS sheet ON sheet.project = heads.project AND sheet.id = heads.id
    JOIN store.indicator AS indicator ON indicator.scheme = sheet.scheme AND indicator.version = sheet.scheme_version
    LEFT JOIN items ON items.project = heads.project AND items.code = indicator.code
    GROUP BY heads.project
    HAVING count(*) FILTER (event.status = 'confirmed') > 0
),
steps AS (
    SELECT project, finding, max_by({'state': state, 'due': due}, seq) AS newest
    FROM store.finding_event
    WHERE made_at <= $moment
    GROUP BY project, finding
),
rectified AS (
    SELECT found.project, count(*) AS findings,
           count(*) FILTER (newest.state IN ('done', 'reviewed')) AS done,
           count(*) FILTER (newest.state IN ('open', 'working') AND newest.due < counting.as_of) AS overdue
    FROM store.finding AS found
    JOIN counting ON counting.project = found.project
    LEFT JOIN steps ON steps.project = found.project AND steps.finding = found.id
    WHERE found.made_at <= $moment
    GROUP BY found.project
),
checked AS (SELECT unnest($batches::VARCHAR[]) AS batch, unnest($contradictions::INTEGER[]) AS contradictions),
joined AS (
    SELECT project.id, project.name, project.source, counting.batch, counting.as_of,
           CAST(estimate AS DECIMAL(24, 6)) AS estimate, CAST(paid AS DECIMAL(24, 6)) AS paid,
           CASE WHEN counting.as_of >= starts_on THEN CAST(least(counting.as_of, ends_on) - starts_on + 1 AS INTEGER) END AS passed,
           CASE WHEN counting.as_of >= starts_on THEN CAST(ends_on - starts_on + 1 AS INTEGER) END AS days,
           reported, scores.sheet AS sheet, total, applying, confirmed,
           coalesce(findings, 0) AS findings, coalesce(done, 0) AS done, coalesce(overdue, 0) AS overdue, contradictions
    FROM counting
    JOIN store.project AS project ON project.batch = counting.batch AND project.id = counting.project
    LEFT JOIN estimates ON estimates.batch = counting.batch
    LEFT JOIN payments ON payments.batch = counting.batch
    LEFT JOIN times ON times.batch = counting.batch
    LEFT JOIN reports ON reports.batch = counting.batch
    LEFT JOIN scores ON scores.project = counting.project
    LEFT JOIN rectified ON rectified.project = counting.project
    LEFT JOIN checked ON checked.batch = counting.batch
),
chosen AS MATERIALIZED (
    SELECT *, paid / NULLIF(estimate, 0) AS rate, passed / NULLIF(days, 0) AS elapsed,
           -- Multiplied, not divided: exact.
           coalesce(estimate > 0 AND paid * CAST(days AS DECIMAL(8, 0)) < estimate * CAST(passed AS DECIMAL(8, 0)), FALSE) AS slow
    FROM joined
    WHERE ($text::VARCHAR IS NULL OR contains(lower(name), lower($text)) OR contains(lower(id), lower($text)))
      AND CASE $only
              WHEN 'slow' THEN slow
              WHEN 'late' THEN overdue > 0
              WHEN 'open' THEN findings > done
              ELSE TRUE
          END
),
totals AS (
    SELECT {
        'every': (SELECT count(*) FROM counting), 'projects': count(*), 'slow': count(*) FILTER (slow), 'overdue': coalesce(sum(overdue), 0),
        'findings': coalesce(sum(findings), 0), 'done': coalesce(sum(done), 0),
        'known': count(*) FILTER (estimate IS NOT NULL AND paid IS NOT NULL),
        'estimate': sum(estimate) FILTER (paid IS NOT NULL), 'paid': sum(paid) FILTER (estimate IS NOT NULL),
        'first_day': min(as_of), 'last_day': max(as_of), 'sources': list_sort(list(DISTINCT source))[1:3]
    } AS totals, count(*) AS projects
    FROM chosen
),
placed AS (
    -- Few projects are a point each; many are counted in fields of a twentieth.
    SELECT {
        'x': CASE WHEN projects <= $most_points THEN min(elapsed) ELSE (min(floor(least(elapsed, 0.999) * 20)) + 0.5) / 20 END,
        'y': CASE WHEN projects <= $most_points THEN min(rate) ELSE (min(floor(least(rate, 1.499) * 20)) + 0.5) / 20 END,
        'projects': count(*), 'id': min(chosen.id), 'name': min(name)
    } AS point
    FROM chosen, totals
    WHERE rate IS NOT NULL AND elapsed IS NOT NULL
    GROUP BY projects, CASE WHEN projects <= $most_points THEN chosen.id END,
             floor(least(elapsed, 0.999) * 20), floor(least(rate, 1.499) * 20)
),
points AS (SELECT list(point ORDER BY point.x, point.y, point.id) AS points FROM placed),
ordered AS (
    SELECT chosen, row_number() OVER (
        ORDER BY
            CASE WHEN $sort = 'name' AND NOT $descending THEN name END,
            CASE WHEN $sort = 'name' AND $descending THEN name END DESC NULLS LAST,
            CASE WHEN $descending THEN -1 ELSE 1 END * CASE $sort
                WHEN 'estimate' THEN CAST(estimate AS DOUBLE)
                WHEN 'paid' THEN CAST(paid AS DOUBLE)
                WHEN 'rate' THEN rate
                WHEN 'elapsed' THEN elapsed
                WHEN 'gap' THEN rate - elapsed
                WHEN 'score' THEN coalesce(total * 100 / applying, total, reported)
                WHEN 'checks' THEN CAST(contradictions AS DOUBLE)
                WHEN 'findings' THEN CAST(findings - done AS DOUBLE)
                WHEN 'overdue' THEN CAST(overdue AS DOUBLE)
            END NULLS LAST,
            id
    ) AS number
    FROM chosen
)
SELECT totals, coalesce(points, []), chosen
FROM totals
CROSS JOIN points
LEFT JOIN ordered ON number > $first AND number <= $first + $most
ORDER BY number
