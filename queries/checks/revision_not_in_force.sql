-- title: Perubahan yang belum berlaku | Revision that is not in force
-- place: 15
-- check: warning
-- message en: {place}: {stated} revised figures are filled, but the initial agreement is in force, so no table of the report reads them.
-- message id: {place}: {stated} angka perubahan sudah diisi, tetapi yang berlaku perjanjian murni, sehingga tidak dibaca tabel laporan.
-- grain: fiscal_year, finding_key
-- column place: text "Tahun | Year"
-- column stated: count "Angka perubahan | Revised figures"
select
    y.fiscal_year,
    'report_year/' || y.fiscal_year as finding_key,
    'sheet.report_years' as view_name,
    'report_year/' || y.fiscal_year as row_key,
    'stage' as column_name,
    cast(y.fiscal_year as varchar) as place,
    cast(sum(r.filled) as bigint) as stated,
    cast(null as bigint) as computed,
from report_year as y
inner join basis.staged_figure as r
    on r.fiscal_year = y.fiscal_year and r.stage = 'revised' and r.filled > 0
where y.stage = 'initial'
group by y.fiscal_year
