-- title: Realisasi setahun | Result of a year
-- grain: indicator_id, fiscal_year
with filled as (
    select
        r.indicator_id,
        r.fiscal_year,
        max(r.value) filter (where r.quarter = 0) as stored_value,
        max(r.label) filter (where r.quarter = 0) as stored_label,
        quarters_figure(i.quarter_rule, r.value, r.quarter) as quarters_value,
        quarters_words(r.label, r.quarter) as quarters_label,
    from indicator_result as r
    inner join indicator as i on i.indicator_id = r.indicator_id
    group by r.indicator_id, r.fiscal_year, i.quarter_rule
)

select
    f.indicator_id,
    f.fiscal_year,
    coalesce(f.stored_value, f.quarters_value) as value,
    year_words(f.stored_value, f.stored_label, f.quarters_label) as label,
    f.stored_value,
    f.quarters_value,
from filled as f
