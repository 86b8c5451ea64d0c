-- title: Yang berdampingan setahun | What stands side by side in a year
-- grain: fiscal_year, thing, thing_id, plan
-- # Objectives and indicators stand in the sheet, without a plan, and in each plan that names
-- # them, since every plan counts its own; all else stands in the sheet alone.
with planned as (
    select distinct
        t.fiscal_year,
        i.objective_id,
        t.indicator_id,
        t.plan,
    from basis.indicator_target_year as t
    inner join report_year as y on y.fiscal_year = t.fiscal_year
    inner join indicator as i on i.indicator_id = t.indicator_id
)

select
    s.fiscal_year,
    'objective' as thing,
    s.objective_id as thing_id,
    '' as plan,
from basis.objective_shown as s
union all
select distinct
    p.fiscal_year,
    'objective' as thing,
    p.objective_id as thing_id,
    p.plan,
from planned as p
union all
select
    s.fiscal_year,
    'indicator' as thing,
    s.indicator_id as thing_id,
    '' as plan,
from basis.indicator_shown as s
union all
select
    p.fiscal_year,
    'indicator' as thing,
    p.indicator_id as thing_id,
    p.plan,
from planned as p
union all
select
    p.fiscal_year,
    'program' as thing,
    p.program_id as thing_id,
    '' as plan,
from sheet.programs as p
union all
select
    s.fiscal_year,
    'sub_activity' as thing,
    s.sub_activity_id as thing_id,
    '' as plan,
from basis.sub_activity_shown as s
union all
select distinct
    s.fiscal_year,
    'activity' as thing,
    s.activity_id as thing_id,
    '' as plan,
from basis.sub_activity_shown as s
union all
-- A kegiatan with nothing beneath it stands in every year, so that it can be filled.
select
    y.fiscal_year,
    'activity' as thing,
    a.activity_id as thing_id,
    '' as plan,
from activity as a
cross join report_year as y
left join sub_activity as s on s.activity_id = a.activity_id
where s.sub_activity_id is null
union all
select
    s.fiscal_year,
    'service' as thing,
    s.service_id as thing_id,
    '' as plan,
from sheet.services as s
