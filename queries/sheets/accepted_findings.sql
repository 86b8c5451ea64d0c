-- title: Temuan yang dimaklumi | Accepted findings
-- place: 130
-- # An acceptance holds as long as the finding states what was stated when it was accepted.
-- grain: fiscal_year, row_key
-- order: place nulls last, check_name, finding_key
-- column title: text "Aturan | Rule" once
-- column finding_key: text "Temuan | Finding"
-- column stated: text "Tertulis | Stated"
-- column reason: long "Alasan | Reason"
-- column check_name: text "Nama aturan | Rule's name"
-- column place: rank "Urutan | Order" hidden
-- edit reason: accepted_finding.reason (check_name, fiscal_year, finding_key)
-- from finding_key: sheet.printed_figures.printed (row_key = finding_key)
-- from finding_key: sheet.activities.name (row_key = finding_key)
-- from finding_key: sheet.indicators.name (row_key = finding_key)
-- row: accepted_finding (check_name, fiscal_year, finding_key)
select
    a.fiscal_year,
    'accepted/' || a.check_name || '/' || a.finding_key as row_key,
    a.check_name,
    coalesce(r.title, a.check_name) as title,
    r.place,
    a.finding_key,
    a.stated,
    a.reason,
from accepted_finding as a
left join basis.rule as r on r.check_name = a.check_name
