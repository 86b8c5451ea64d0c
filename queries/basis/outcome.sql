-- title: Hasil yang didukung program | Outcomes that programs serve
-- grain: fiscal_year, indicator_id
-- # The percent is the ratio of the sums; a mean of the programs' percents would be wrong.
with served as (
    select
        p.fiscal_year,
        p.indicator_id,
        total_amount(p.budget) as budget,
        total_amount(p.realization) as realization,
    from basis.program_year as p
    where p.indicator_id is not null
    group by p.fiscal_year, p.indicator_id
)

select
    s.fiscal_year,
    s.indicator_id,
    s.budget,
    s.realization,
    ratio_pct(s.realization, s.budget) as absorption_pct_exact,
    printed_ratio_pct(s.realization, s.budget) as absorption_pct,
from served as s
