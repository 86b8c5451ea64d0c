-- title: Target rencana lain | Targets of the other plans
-- grain: fiscal_year, indicator_id, column_name
-- # What RKT and Renstra ask of an indicator, beside the agreement in force. Plans that ask the
-- # same stand together, so that a fault of the agreement is told once.
select
    a.fiscal_year,
    a.indicator_id,
    target_column(min(o.plan)) as column_name,
    string_agg(plan_name(o.plan), ', ' order by o.plan) as plan_names,
    o.value as other_value,
    o.upper_value as other_upper_value,
    min(o.label) as other_label,
    a.value,
    a.upper_value,
    a.label,
from basis.indicator_target_year as a
inner join report_year as y on y.fiscal_year = a.fiscal_year and y.stage = a.plan
inner join basis.indicator_target_year as o
    on o.fiscal_year = a.fiscal_year
    and o.indicator_id = a.indicator_id
    and o.plan in ('annual_plan', 'strategic')
group by
    a.fiscal_year,
    a.indicator_id,
    a.value,
    a.upper_value,
    a.label,
    o.value,
    o.upper_value,
    word_key(o.label)
