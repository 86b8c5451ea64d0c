-- title: Realisasi tanpa anggaran | Realization without budget
-- place: 20
-- check: error
-- message en: {place}: {stated} was spent without a budget in the stage in force.
-- message id: {place}: {stated} dibelanjakan tanpa anggaran pada tahap yang berlaku.
-- grain: fiscal_year, finding_key
-- column place: text "Sub kegiatan | Sub-activity"
-- column stated: rupiah "Realisasi | Realization"
-- column computed: rupiah "Anggaran | Budget"
select
    s.fiscal_year,
    'sub_activity/' || s.sub_activity_id as finding_key,
    'sheet.activities' as view_name,
    'sub_activity/' || s.sub_activity_id as row_key,
    'realization' as column_name,
    s.sub_activity_name as place,
    s.realization as stated,
    s.budget as computed,
from basis.sub_activity_year as s
where coalesce(s.budget, 0) = 0 and s.realization > 0
