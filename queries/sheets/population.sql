-- title: Penduduk | Population
-- place: 70
-- # Each report compares its year with the one before; both rows stand ready to be filled.
-- grain: fiscal_year, row_key
-- order: population_year
-- column population_year: rank "Tahun | Year"
-- column male: count "Laki-laki | Male"
-- column female: count "Perempuan | Female"
-- column total: count "Total"
-- column sex_ratio: percent "Rasio jenis kelamin (%) | Sex ratio (%)"
-- column sex_ratio_exact: percent "Rasio tanpa pembulatan | Unrounded ratio" hidden
-- edit male: population.male (fiscal_year = population_year)
-- edit female: population.female (fiscal_year = population_year)
-- from population_year: sheet.report_years.fiscal_year ()
-- from total: sheet.population.male (population_year) "{male} + {female}"
-- from total: sheet.population.female (population_year)
-- from sex_ratio: sheet.population.male (population_year) "{male} ÷ {female} × 100"
-- from sex_ratio: sheet.population.female (population_year)
-- row: population (fiscal_year = population_year)
with compared as (
    select
        y.fiscal_year,
        y.fiscal_year as population_year,
    from report_year as y
    union all
    select
        y.fiscal_year,
        y.fiscal_year - 1 as population_year,
    from report_year as y
)

select
    c.fiscal_year,
    'population/' || c.population_year as row_key,
    c.population_year,
    p.male,
    p.female,
    p.male + p.female as total,
    printed_ratio_pct(p.male, p.female) as sex_ratio,
    ratio_pct(p.male, p.female) as sex_ratio_exact,
from compared as c
-- The schema is named, since this view bears the name of the table.
left join main.population as p on p.fiscal_year = c.population_year
