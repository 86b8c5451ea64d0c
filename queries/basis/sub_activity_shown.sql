-- title: Sub kegiatan yang tampil | Sub-activities that show
-- grain: fiscal_year, sub_activity_id
-- # A budget or a realization puts a sub kegiatan into a year, whatever its amount.
with member as (
    select
        b.fiscal_year,
        b.sub_activity_id,
    from sub_activity_budget as b
    union
    select
        r.fiscal_year,
        r.sub_activity_id,
    from sub_activity_realization as r
)

select
    y.fiscal_year,
    a.program_id,
    s.activity_id,
    s.sub_activity_id,
from member as m
inner join report_year as y on y.fiscal_year = m.fiscal_year
inner join sub_activity as s on s.sub_activity_id = m.sub_activity_id
inner join activity as a on a.activity_id = s.activity_id
