-- title: Indikator tanpa target | Indicator without target
-- place: 50
-- check: warning
-- message en: {place}: the plan names this indicator without a target.
-- message id: {place}: rencana menyebut indikator ini tanpa target.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
select
    i.fiscal_year,
    'indicator/' || i.indicator_id as finding_key,
    'sheet.indicators' as view_name,
    'indicator/' || i.indicator_id as row_key,
    target_column(i.plan) as column_name,
    i.indicator_name as place,
    cast(null as decimal(18, 4)) as stated,
    cast(null as decimal(18, 4)) as computed,
from basis.indicator_year as i
where i.plan in (i.stage, 'strategic') and i.target is null and i.target_label is null
