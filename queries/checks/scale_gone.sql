-- title: Skala tanpa kelas | Scale without classes
-- place: 34
-- check: error
-- message en: {place}: no class bears the name of its scale, “{stated}”, so it has no label.
-- message id: {place}: tidak ada kelas pada skalanya, “{stated}”, sehingga tidak berpredikat.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator / Instansi | Indicator / Office"
-- column stated: text "Skala | Scale"
with used as (
    select
        s.fiscal_year,
        'sheet.indicators' as view_name,
        'indicator/' || i.indicator_id as row_key,
        'value_scale' as column_name,
        i.name as place,
        i.value_scale as scale,
    from basis.indicator_shown as s
    inner join indicator as i on i.indicator_id = s.indicator_id
    union all
    select
        y.fiscal_year,
        'sheet.office' as view_name,
        'office/' || o.office_id as row_key,
        'achievement_scale' as column_name,
        o.name as place,
        o.achievement_scale as scale,
    from report_year as y
    cross join office as o
)

select
    u.fiscal_year,
    u.row_key as finding_key,
    u.view_name,
    u.row_key,
    u.column_name,
    u.place,
    u.scale as stated,
    cast(null as varchar) as computed,
from used as u
anti join scale_class as c on c.scale = u.scale
where u.scale is not null
