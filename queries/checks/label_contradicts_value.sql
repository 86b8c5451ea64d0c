-- title: Predikat bertentangan dengan nilainya | Label contradicts its value
-- place: 30
-- check: error
-- message en: {place}: “{stated}” stands behind {value}, which its scale calls “{computed}”.
-- message id: {place}: “{stated}” tertulis di belakang {value}, yang menurut skalanya “{computed}”.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
-- column value: by value_kind "Nilai | Value"
-- column stated: text "Tertulis | Stated"
-- column computed: text "Menurut skala | By its scale"
select
    f.fiscal_year,
    f.row_key || '/' || f.column_name as finding_key,
    'sheet.indicators' as view_name,
    f.row_key,
    f.column_name,
    f.indicator_name as place,
    f.value_kind,
    f.decimals,
    f.value,
    f.label as stated,
    f.scale_label as computed,
from basis.labelled_figure as f
where
    f.scale_label is not null
    and not exists (
        select 1
        from scale_class as c
        where
            c.scale = f.value_scale
            and c.label = f.scale_label
            and (same_words(c.label, f.label) or same_words(c.grade, f.label))
    )
