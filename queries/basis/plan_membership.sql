-- title: Indikator dalam rencana | Indicators in the plans
-- grain: fiscal_year, indicator_id
-- # Which plans of a report's year name an indicator; the agreement is the one in force.
with named as (
    select
        t.fiscal_year,
        y.stage,
        t.indicator_id,
        bool_or(t.plan = y.stage) as in_agreement,
        bool_or(t.plan = 'annual_plan') as in_annual_plan,
        string_agg(plan_name(t.plan), ', ' order by t.plan)
            filter (where t.plan in ('annual_plan', 'strategic')) as other_plans,
    from basis.indicator_target_year as t
    inner join report_year as y on y.fiscal_year = t.fiscal_year
    group by t.fiscal_year, y.stage, t.indicator_id
)

select
    n.fiscal_year,
    n.stage,
    n.indicator_id,
    i.name as indicator_name,
    n.in_agreement,
    n.in_annual_plan,
    n.other_plans,
    bool_or(n.in_agreement) over (partition by n.fiscal_year) as has_agreement,
    bool_or(n.in_annual_plan) over (partition by n.fiscal_year) as has_annual_plan,
from named as n
inner join indicator as i on i.indicator_id = n.indicator_id
