-- title: Sub kegiatan tanpa anggaran perubahan | Sub-activity without revised budget
-- place: 25
-- check: note
-- message en: {place}: the budget of {stated} is not in the revision, so it counts in no total.
-- message id: {place}: anggaran {stated} tidak ada dalam perubahan, sehingga tidak dihitung.
-- grain: fiscal_year, finding_key
-- column place: text "Sub kegiatan | Sub-activity"
-- column stated: rupiah "Anggaran murni | Initial budget"
select
    s.fiscal_year,
    'sub_activity/' || s.sub_activity_id as finding_key,
    'sheet.activities' as view_name,
    'sub_activity/' || s.sub_activity_id as row_key,
    'budget_revised' as column_name,
    s.sub_activity_name as place,
    s.budget_initial as stated,
    cast(null as bigint) as computed,
from basis.sub_activity_year as s
where s.stage = 'revised' and s.budget_initial is not null and s.budget_revised is null
