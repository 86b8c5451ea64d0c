-- title: Angka di bawah nol | Figure below zero
-- place: 15
-- check: error
-- message en: {place}: {stated} is below zero.
-- message id: {place}: {stated} di bawah nol.
-- grain: fiscal_year, finding_key
-- column place: text "Baris | Row"
-- column stated: by value_kind "Tertulis | Stated"
-- # Money, people and coverage alone: an indicator, such as growth, may be below zero.
with counted as (
    select
        b.fiscal_year,
        'sheet.activities' as view_name,
        'sub_activity/' || b.sub_activity_id as row_key,
        'budget_' || b.stage as column_name,
        s.name as place,
        'rupiah' as value_kind,
        cast(b.amount as decimal(38, 2)) as stated,
    from sub_activity_budget as b
    inner join sub_activity as s on s.sub_activity_id = b.sub_activity_id
    union all
    select
        r.fiscal_year,
        case r.quarter when 0 then 'sheet.activities' else 'sheet.quarters' end as view_name,
        'sub_activity/' || r.sub_activity_id as row_key,
        case r.quarter when 0 then 'realization' else 'realization_q' || r.quarter end
            as column_name,
        s.name as place,
        'rupiah' as value_kind,
        r.amount as stated,
    from sub_activity_realization as r
    inner join sub_activity as s on s.sub_activity_id = r.sub_activity_id
    union all
    select
        b.fiscal_year,
        'sheet.programs' as view_name,
        'program/' || b.program_id as row_key,
        'budget_' || b.stage as column_name,
        p.name as place,
        'rupiah' as value_kind,
        b.amount as stated,
    from program_budget as b
    inner join program as p on p.program_id = b.program_id
    union all
    select
        s.fiscal_year,
        'sheet.services' as view_name,
        s.row_key,
        u.column_name,
        s.name as place,
        'percent' as value_kind,
        case u.column_name when 'target' then s.target else s.realization end as stated,
    from sheet.services as s
    cross join (values ('target'), ('realization')) as u(column_name)
    union all
    select
        p.fiscal_year,
        'sheet.population' as view_name,
        p.row_key,
        u.column_name,
        cast(p.population_year as varchar) as place,
        'count' as value_kind,
        case u.column_name when 'male' then p.male else p.female end as stated,
    from sheet.population as p
    cross join (values ('male'), ('female')) as u(column_name)
)

select
    c.fiscal_year,
    c.row_key || '/' || c.column_name as finding_key,
    c.view_name,
    c.row_key,
    c.column_name,
    c.place,
    c.value_kind,
    c.stated,
    cast(null as decimal(38, 2)) as computed,
from counted as c
where c.stated < 0
