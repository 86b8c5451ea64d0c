-- title: Program PK tanpa sub kegiatan | Agreed program without sub-activities
-- place: 100
-- check: warning
-- message en: {place}: the agreement names it, but it has no sub-activity this year, so its money prints as missing.
-- message id: {place}: tercantum dalam perjanjian kinerja, tetapi tidak mempunyai sub kegiatan tahun ini, sehingga anggarannya tercetak kosong.
-- grain: fiscal_year, finding_key
-- column place: text "Program"
-- column stated: rupiah "Anggaran PK | Agreed budget"
select
    p.fiscal_year,
    'program/' || p.program_id as finding_key,
    'sheet.programs' as view_name,
    'program/' || p.program_id as row_key,
    'budget_' || p.stage as column_name,
    p.program_name as place,
    p.agreed_amount as stated,
    p.budget as computed,
from basis.program_year as p
where not p.has_sub_activities
