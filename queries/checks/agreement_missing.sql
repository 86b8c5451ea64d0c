-- title: Perjanjian perubahan kosong | Empty revised agreement
-- place: 16
-- check: warning
-- message en: {place}: the revised agreement is in force and names nothing; tables 3.1, 3.5–3.7 and 3.9 wait for it. The initial one is filled.
-- message id: {place}: perjanjian perubahan yang berlaku masih kosong; Tabel 3.1, 3.5–3.7, dan 3.9 menunggunya. Perjanjian murni sudah diisi.
-- grain: fiscal_year, finding_key
-- column place: text "Tahun | Year"
with named as (
    select
        t.fiscal_year,
        t.plan as stage,
    from indicator_target as t
    where t.quarter = 0
    union
    select
        b.fiscal_year,
        b.stage,
    from program_budget as b
)

select
    y.fiscal_year,
    'report_year/' || y.fiscal_year as finding_key,
    'sheet.report_years' as view_name,
    'report_year/' || y.fiscal_year as row_key,
    'stage' as column_name,
    cast(y.fiscal_year as varchar) as place,
    cast(null as varchar) as stated,
    cast(null as varchar) as computed,
from report_year as y
inner join named as n on n.fiscal_year = y.fiscal_year and n.stage = 'initial'
anti join named as own on own.fiscal_year = y.fiscal_year and own.stage = 'revised'
where y.stage = 'revised'
