-- title: Angka menurut tahap | Figures of each stage
-- grain: fiscal_year, stage, part
-- # How much of what both stages of an agreement state is filled.
select
    t.fiscal_year,
    t.plan as stage,
    'Target PK' as part,
    count(coalesce(cast(t.value as varchar), t.label)) as filled,
from indicator_target as t
where t.plan in ('initial', 'revised')
group by t.fiscal_year, t.plan
union all
select
    b.fiscal_year,
    b.stage,
    'Anggaran PK' as part,
    count(b.amount) as filled,
from program_budget as b
group by b.fiscal_year, b.stage
union all
select
    s.fiscal_year,
    s.stage,
    'Anggaran sub kegiatan' as part,
    count(s.amount) as filled,
from sub_activity_budget as s
group by s.fiscal_year, s.stage
