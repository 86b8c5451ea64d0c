-- title: Sasaran yang tampil | Objectives that show
-- grain: fiscal_year, objective_id
-- # An objective shows with its indicators, and in every year until it has some.
select
    y.fiscal_year,
    o.objective_id,
from report_year as y
cross join objective as o
where
    exists (
        select 1
        from basis.indicator_shown as s
        where s.fiscal_year = y.fiscal_year and s.objective_id = o.objective_id
    )
    or not exists (
        select 1
        from indicator as i
        where i.objective_id = o.objective_id
    )
