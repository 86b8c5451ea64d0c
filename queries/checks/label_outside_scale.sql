-- title: Predikat di luar skalanya | Label outside its scale
-- place: 32
-- check: error
-- message en: {place}: “{stated}” is no class of the scale “{value_scale}”, so nothing can be computed from it.
-- message id: {place}: “{stated}” bukan predikat pada skala “{value_scale}”, sehingga tidak dapat dihitung.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
-- column stated: text "Tertulis | Stated"
-- column value_scale: text "Skala | Scale"
-- # Words behind a figure that has a class of its own are held against that class.
select
    f.fiscal_year,
    f.row_key || '/' || f.column_name as finding_key,
    'sheet.indicators' as view_name,
    f.row_key,
    f.column_name,
    f.indicator_name as place,
    f.value_scale,
    f.label as stated,
    cast(null as varchar) as computed,
from basis.labelled_figure as f
where f.is_outside_scale
