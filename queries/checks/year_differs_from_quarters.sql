-- title: Angka setahun berbeda dari triwulannya | Year's figure differs from its quarters
-- place: 70
-- check: warning
-- message en: {place}: the year says {stated}, its quarters give {computed}.
-- message id: {place}: angka setahun {stated}, triwulannya menghasilkan {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator / Sub kegiatan | Indicator / Sub-activity"
-- column stated: by value_kind "Setahun | Year"
-- column computed: by value_kind "Dari triwulan | From quarters"
with figure as (
    select
        t.fiscal_year,
        t.indicator_id,
        target_column(t.plan) as column_name,
        t.stored_value,
        t.quarters_value,
    from basis.indicator_target_year as t
    union all
    select
        r.fiscal_year,
        r.indicator_id,
        'realization' as column_name,
        r.stored_value,
        r.quarters_value,
    from basis.indicator_result_year as r
),

compared as (
    select
        f.fiscal_year,
        'sheet.indicators' as view_name,
        'indicator/' || f.indicator_id as row_key,
        f.column_name,
        i.name as place,
        i.value_kind,
        i.decimals,
        cast(f.stored_value as decimal(28, 4)) as stated,
        cast(f.quarters_value as decimal(28, 4)) as computed,
    from figure as f
    inner join report_year as y on y.fiscal_year = f.fiscal_year
    inner join indicator as i on i.indicator_id = f.indicator_id
    union all
    select
        s.fiscal_year,
        'sheet.quarters' as view_name,
        'sub_activity/' || s.sub_activity_id as row_key,
        'realization' as column_name,
        s.sub_activity_name as place,
        'rupiah' as value_kind,
        cast(null as tinyint) as decimals,
        cast(s.stored_realization as decimal(28, 4)) as stated,
        cast(s.quarters_realization as decimal(28, 4)) as computed,
    from basis.sub_activity_year as s
)

select
    c.fiscal_year,
    c.row_key || '/' || c.column_name as finding_key,
    c.view_name,
    c.row_key,
    c.column_name,
    c.place,
    c.value_kind,
    c.decimals,
    c.stated,
    c.computed,
from compared as c
where c.stated <> c.computed
