-- title: Target berbeda antarrencana | Target differs between plans
-- place: 44
-- check: warning
-- message en: {place}: the target is {stated} in {plan_names}, {computed} in the agreement in force.
-- message id: {place}: targetnya {stated} dalam {plan_names}, tetapi {computed} dalam PK yang berlaku.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
-- column plan_names: text "Rencana | Plan"
-- column stated: by value_kind "Target rencana | Planned target"
-- column computed: by value_kind "Target PK | Agreed target"
select
    t.fiscal_year,
    'indicator/' || t.indicator_id || '/' || t.column_name as finding_key,
    'sheet.indicators' as view_name,
    'indicator/' || t.indicator_id as row_key,
    t.column_name,
    i.name as place,
    t.plan_names,
    i.value_kind,
    i.decimals,
    case when t.other_value <> t.value then t.other_value else t.other_upper_value end
        as stated,
    case when t.other_value <> t.value then t.value else t.upper_value end as computed,
from basis.other_target as t
inner join indicator as i on i.indicator_id = t.indicator_id
where
    t.other_value <> t.value
    -- An agreed range that is reversed is told as that.
    or (t.other_upper_value <> t.upper_value and t.upper_value >= t.value)
