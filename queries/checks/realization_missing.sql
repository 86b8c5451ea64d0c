-- title: Indikator tanpa realisasi | Indicator without result
-- place: 60
-- check: warning
-- message en: {place}: no result is filled for this year.
-- message id: {place}: realisasi tahun ini belum diisi.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
select
    i.fiscal_year,
    'indicator/' || i.indicator_id as finding_key,
    'sheet.indicators' as view_name,
    'indicator/' || i.indicator_id as row_key,
    'realization' as column_name,
    i.indicator_name as place,
    cast(null as decimal(18, 4)) as stated,
    cast(null as decimal(18, 4)) as computed,
from basis.indicator_year as i
where
    i.plan in (i.stage, 'strategic')
    and i.realization is null
    and i.realization_label is null
