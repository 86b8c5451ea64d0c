-- title: Angka setahun berbeda dari triwulannya | Year's figure differs from its quarters
-- place: 70
-- check: warning
-- message en: {place}: the year says {stated}, its quarters give {computed}.
-- message id: {place}: angka setahun {stated}, triwulannya menghasilkan {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator / Sub kegiatan | Indicator / Sub-activity"
-- column stated: by value_kind "Setahun | Year"
-- column computed: by value_kind "Dari triwulan | From quarters"
with compared as (
    select
        t.fiscal_year,
        'sheet.indicators' as view_name,
        'indicator/' || t.indicator_id as row_key,
        case t.plan
            when 'annual_plan' then 'target_annual'
            else 'target_' || t.plan
        end as column_name,
        i.name as place,
        i.value_kind,
        i.decimals,
        cast(t.stored_value as decimal(28, 4)) as stated,
        cast(t.quarters_value as decimal(28, 4)) as computed,
    from basis.indicator_target_year as t
    inner join report_year as y on y.fiscal_year = t.fiscal_year
    inner join indicator as i on i.indicator_id = t.indicator_id
    union all
    select
        r.fiscal_year,
        'sheet.indicators' as view_name,
        'indicator/' || r.indicator_id as row_key,
        'realization' as column_name,
        i.name as place,
        i.value_kind,
        i.decimals,
        cast(r.stored_value as decimal(28, 4)) as stated,
        cast(r.quarters_value as decimal(28, 4)) as computed,
    from basis.indicator_result_year as r
    inner join report_year as y on y.fiscal_year = r.fiscal_year
    inner join indicator as i on i.indicator_id = r.indicator_id
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
