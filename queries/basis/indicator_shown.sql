-- title: Indikator yang tampil | Indicators that show
-- grain: fiscal_year, indicator_id
-- # An indicator shows in the years that know it, and in every year until a plan has it, so
-- # that a new one can be given its first target.
with known as (
    select
        t.fiscal_year,
        t.indicator_id,
    from indicator_target as t
    where t.quarter = 0
    union
    select
        r.fiscal_year,
        r.indicator_id,
    from indicator_result as r
)

select
    y.fiscal_year,
    i.indicator_id,
    i.objective_id,
from report_year as y
cross join indicator as i
where
    exists (
        select 1
        from known as k
        where k.fiscal_year = y.fiscal_year and k.indicator_id = i.indicator_id
    )
    or not exists (
        select 1
        from indicator_target as t
        where t.indicator_id = i.indicator_id
    )
