-- title: Sub kegiatan setahun | Sub kegiatan of a year
-- grain: fiscal_year, sub_activity_id
-- # A budget or a realization puts a sub kegiatan into a year. Its program is among the groups,
-- # so that whoever asks for some programs has only their figures grouped.
with figure as (
    select
        b.fiscal_year,
        b.sub_activity_id,
        case when b.stage = 'initial' then b.amount end as budget_initial,
        case when b.stage = 'revised' then b.amount end as budget_revised,
        cast(null as bigint) as stored_realization,
        cast(null as bigint) as quarter_realization,
    from sub_activity_budget as b
    union all
    select
        r.fiscal_year,
        r.sub_activity_id,
        cast(null as bigint) as budget_initial,
        cast(null as bigint) as budget_revised,
        case when r.quarter = 0 then r.amount end as stored_realization,
        case when r.quarter > 0 then r.amount end as quarter_realization,
    from sub_activity_realization as r
),

together as (
    select
        f.fiscal_year,
        f.sub_activity_id,
        a.program_id,
        max(f.budget_initial) as budget_initial,
        max(f.budget_revised) as budget_revised,
        max(f.stored_realization) as stored_realization,
        total_amount(f.quarter_realization) as quarters_realization,
    from figure as f
    inner join sub_activity as s on s.sub_activity_id = f.sub_activity_id
    inner join activity as a on a.activity_id = s.activity_id
    group by f.fiscal_year, f.sub_activity_id, a.program_id
)

select
    y.fiscal_year,
    y.stage,
    t.program_id,
    s.activity_id,
    s.sub_activity_id,
    s.number as sub_activity_number,
    s.code as sub_activity_code,
    s.name as sub_activity_name,
    t.budget_initial,
    t.budget_revised,
    of_stage(y.stage, t.budget_initial, t.budget_revised) as budget,
    coalesce(t.stored_realization, t.quarters_realization) as realization,
    t.stored_realization,
    t.quarters_realization,
from together as t
inner join report_year as y on y.fiscal_year = t.fiscal_year
inner join sub_activity as s on s.sub_activity_id = t.sub_activity_id
