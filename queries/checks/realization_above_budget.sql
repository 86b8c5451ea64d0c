-- title: Realisasi melebihi anggaran | Realization above budget
-- place: 10
-- check: error
-- message en: {place}: the realization of {stated} is above its budget of {computed}.
-- message id: {place}: realisasi {stated} melebihi anggarannya, {computed}.
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
where s.budget > 0 and s.realization > s.budget
