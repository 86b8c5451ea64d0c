-- title: Hasil yang didukung program | Outcomes that programs serve
-- grain: fiscal_year, indicator_id
-- # The percent is the ratio of the sums; a mean of the programs' percents would be wrong.
with served as (
    select
        p.fiscal_year,
        p.indicator_id,
        cast(sum(p.budget) as bigint) as budget,
        cast(sum(p.realization) as bigint) as realization,
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
    printed_pct(ratio_pct(s.realization, s.budget), 'half_up') as absorption_pct,
from served as s
