-- title: Program tanpa indikator yang didukung | Program that serves no outcome
-- place: 80
-- check: warning
-- message en: {place}: no indicator is named that this program serves, so the efficiency of table 3.7 leaves its money out.
-- message id: {place}: indikator yang didukung program ini belum disebut, sehingga anggarannya tidak masuk efisiensi pada Tabel 3.7.
-- grain: fiscal_year, finding_key
-- column place: text "Program"
select
    p.fiscal_year,
    'program/' || p.program_id as finding_key,
    'sheet.programs' as view_name,
    'program/' || p.program_id as row_key,
    'indicator_id' as column_name,
    p.program_name as place,
    cast(null as varchar) as stated,
    cast(null as varchar) as computed,
from basis.program_year as p
where p.indicator_id is null
