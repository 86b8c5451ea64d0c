-- title: Target setahun | Target of a year
-- grain: indicator_id, fiscal_year, plan
-- # A row of quarter 0 is what puts an indicator into a plan; quarters alone do not.
with filled as (
    select
        t.indicator_id,
        t.fiscal_year,
        t.plan,
        max(t.value) filter (where t.quarter = 0) as stored_value,
        max(t.upper_value) filter (where t.quarter = 0) as upper_value,
        max(t.label) filter (where t.quarter = 0) as stored_label,
        quarters_figure(i.quarter_rule, t.value, t.quarter) as quarters_value,
        quarters_words(t.label, t.quarter) as quarters_label,
    from indicator_target as t
    inner join indicator as i on i.indicator_id = t.indicator_id
    group by t.indicator_id, t.fiscal_year, t.plan, i.quarter_rule
    having count(*) filter (where t.quarter = 0) > 0
)

select
    f.indicator_id,
    f.fiscal_year,
    f.plan,
    coalesce(f.stored_value, f.quarters_value) as value,
    f.upper_value,
    year_words(f.stored_value, f.stored_label, f.quarters_label) as label,
    f.stored_value,
    f.quarters_value,
from filled as f
