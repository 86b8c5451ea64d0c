-- title: Target kata berbeda antarrencana | Target in words differs between plans
-- place: 45
-- check: warning
-- message en: {place}: the target is “{stated}” in {plan_names}, “{computed}” in the agreement in force.
-- message id: {place}: targetnya “{stated}” dalam {plan_names}, tetapi “{computed}” dalam PK yang berlaku.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
-- column plan_names: text "Rencana | Plan"
-- column stated: text "Target rencana | Planned target"
-- column computed: text "Target PK | Agreed target"
-- # Words behind a figure are judged by their scale; these stand for themselves.
select
    t.fiscal_year,
    'indicator/' || t.indicator_id || '/' || t.column_name as finding_key,
    'sheet.indicators' as view_name,
    'indicator/' || t.indicator_id as row_key,
    t.column_name,
    i.name as place,
    t.plan_names,
    t.other_label as stated,
    t.label as computed,
from basis.other_target as t
inner join indicator as i on i.indicator_id = t.indicator_id
where
    t.other_value is null
    and t.value is null
    and not same_words(t.other_label, t.label)
