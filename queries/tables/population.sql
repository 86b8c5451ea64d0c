-- title: Persentase Penduduk
-- place: 120
-- caption: Persentase Penduduk {office} Tahun {fiscal_year-1} – {fiscal_year}
-- note: Rasio jenis kelamin adalah laki-laki per 100 perempuan.
-- grain: fiscal_year, row_key
-- order: population_year
-- column population_year: rank "Tahun"
-- column male: count "Laki-laki" group "Jenis Kelamin"
-- column female: count "Perempuan" group "Jenis Kelamin"
-- column total: count "Total"
-- column sex_ratio: percent "Rasio Jenis Kelamin (%)"
-- column sex_ratio_exact: percent "Rasio tanpa pembulatan" hidden
-- edit male: population.male (fiscal_year = population_year)
-- edit female: population.female (fiscal_year = population_year)
-- from population_year: sheet.report_years.fiscal_year ()
-- from total: sheet.population.male (population_year) "{male} + {female}"
-- from total: sheet.population.female (population_year)
-- from sex_ratio: sheet.population.male (population_year) "{male} ÷ {female} × 100"
-- from sex_ratio: sheet.population.female (population_year)
select
    p.fiscal_year,
    p.row_key,
    p.population_year,
    p.male,
    p.female,
    p.total,
    p.sex_ratio,
    p.sex_ratio_exact,
from sheet.population as p
