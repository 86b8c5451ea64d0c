-- title: Perubahan yang belum berlaku | Revision that is not in force
-- place: 15
-- check: warning
-- message en: {place}: {stated} revised figures are filled, but the initial agreement is in force, so no table of the report reads them.
-- message id: {place}: {stated} angka perubahan sudah diisi, tetapi yang berlaku perjanjian murni, sehingga tidak dibaca tabel laporan.
-- grain: fiscal_year, finding_key
-- column place: text "Tahun | Year"
-- column stated: count "Angka perubahan | Revised figures"
with filled as (
    select t.fiscal_year
    from indicator_target as t
    where t.plan = 'revised' and coalesce(cast(t.value as varchar), t.label) is not null
    union all
    select b.fiscal_year
    from program_budget as b
    where b.stage = 'revised' and b.amount is not null
    union all
    select s.fiscal_year
    from sub_activity_budget as s
    where s.stage = 'revised' and s.amount is not null
)

select
    y.fiscal_year,
    'report_year/' || y.fiscal_year as finding_key,
    'sheet.report_years' as view_name,
    'report_year/' || y.fiscal_year as row_key,
    'stage' as column_name,
    cast(y.fiscal_year as varchar) as place,
    count(*) as stated,
    cast(null as bigint) as computed,
from report_year as y
inner join filled as f on f.fiscal_year = y.fiscal_year
where y.stage = 'initial'
group by y.fiscal_year
