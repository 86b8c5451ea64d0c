-- title: Rentang target terbalik | Target range is reversed
-- place: 28
-- check: error
-- message en: {place}: the range ends at {stated}, below its beginning, {computed}.
-- message id: {place}: rentangnya berakhir pada {stated}, di bawah batas awalnya, {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
-- column stated: by value_kind "Batas atas | Upper bound"
-- column computed: by value_kind "Batas bawah | Lower bound"
select
    i.fiscal_year,
    'indicator/' || i.indicator_id as finding_key,
    'sheet.indicators' as view_name,
    'indicator/' || i.indicator_id as row_key,
    'upper_value' as column_name,
    i.indicator_name as place,
    i.value_kind,
    i.decimals,
    i.upper_value as stated,
    i.target as computed,
from basis.indicator_year as i
where i.upper_value < i.target
