-- title: Penduduk satu jenis kelamin | Population of one sex
-- place: 65
-- check: warning
-- message en: {place}: {stated} people are of one sex and none of the other, so total or ratio print as missing.
-- message id: {place}: {stated} jiwa hanya dari satu jenis kelamin, sehingga total atau rasionya tercetak kosong.
-- grain: fiscal_year, finding_key
-- column place: text "Tahun | Year"
-- column stated: count "Terisi | Filled"
-- column computed: count "Kosong | Empty"
with counted as (
    select
        p.fiscal_year,
        p.row_key,
        p.population_year,
        coalesce(p.male, 0) = 0 as lacks_male,
        p.male,
        p.female,
    from sheet.population as p
    where
        greatest(p.male, p.female) > 0
        and 0 in (coalesce(p.male, 0), coalesce(p.female, 0))
)

select
    c.fiscal_year,
    c.row_key as finding_key,
    'sheet.population' as view_name,
    c.row_key,
    case when c.lacks_male then 'male' else 'female' end as column_name,
    cast(c.population_year as varchar) as place,
    case when c.lacks_male then c.female else c.male end as stated,
    case when c.lacks_male then c.male else c.female end as computed,
from counted as c
