-- title: Realisasi sama dengan baris di atasnya | Realization repeats the row above
-- place: 75
-- check: note
-- message en: {place}: {stated} is also the realization of the row above, “{computed}”, whose budget is another; was it copied?
-- message id: {place}: {stated} juga realisasi baris di atasnya, “{computed}”, padahal anggarannya berbeda; apakah tersalin?
-- grain: fiscal_year, finding_key
-- column place: text "Sub kegiatan | Sub-activity"
-- column stated: rupiah "Realisasi | Realization"
-- column computed: text "Baris di atasnya | Row above"
with ordered as (
    select
        s.fiscal_year,
        s.sub_activity_id,
        s.sub_activity_name,
        s.budget,
        s.realization,
        lag(s.sub_activity_name) over above as name_above,
        lag(s.budget) over above as budget_above,
        lag(s.realization) over above as realization_above,
    from basis.sub_activity_year as s
    window above as (
        partition by s.fiscal_year, s.activity_id
        order by s.sub_activity_number, s.sub_activity_id
    )
)

select
    o.fiscal_year,
    'sub_activity/' || o.sub_activity_id as finding_key,
    'sheet.activities' as view_name,
    'sub_activity/' || o.sub_activity_id as row_key,
    'realization' as column_name,
    o.sub_activity_name as place,
    o.realization as stated,
    o.name_above as computed,
from ordered as o
where
    o.realization = o.realization_above
    and o.realization <> 0
    and o.budget <> o.budget_above
