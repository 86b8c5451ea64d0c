-- title: Data yang induknya hilang | Facts whose thing is gone
-- place: 5
-- check: error
-- message en: {place}: {row_count} rows name {thing} {stated}, which is not in the file, so tables leave them out.
-- message id: {place}: {row_count} baris menyebut {thing} {stated}, yang tidak ada dalam berkas, sehingga tidak tampil dalam tabel.
-- grain: fiscal_year, finding_key
-- column place: text "Tabel data | Table of facts"
-- column thing: text "Menyebut | Names"
-- column row_count: count "Baris | Rows"
-- column stated: rank "Id"
-- # The sheets leave no such row behind; an import or another program can. What belongs to no
-- # year is told in every one, what lies in a year without a report in the latest.
with loose as (
    select
        'indicator' as place,
        'objective' as thing,
        s.objective_id as thing_id,
        s.fiscal_year,
        'sheet.indicators' as view_name,
        'indicator/' || s.indicator_id as row_key,
        'objective_id' as column_name,
    from basis.indicator_shown as s
    anti join objective as o on o.objective_id = s.objective_id
    union all
    select
        'program_budget' as place,
        'indicator' as thing,
        b.indicator_id as thing_id,
        b.fiscal_year,
        'sheet.programs' as view_name,
        'program/' || b.program_id as row_key,
        'indicator_id' as column_name,
    from program_budget as b
    inner join report_year as y on y.fiscal_year = b.fiscal_year and y.stage = b.stage
    anti join indicator as i on i.indicator_id = b.indicator_id
    where b.indicator_id is not null
    union all
    select
        'activity' as place,
        'program' as thing,
        f.program_id as thing_id,
        cast(null as integer) as fiscal_year,
        null as view_name,
        null as row_key,
        null as column_name,
    from activity as f
    anti join program as t on t.program_id = f.program_id
    union all
    select
        'sub_activity' as place,
        'activity' as thing,
        f.activity_id as thing_id,
        cast(null as integer) as fiscal_year,
        null as view_name,
        null as row_key,
        null as column_name,
    from sub_activity as f
    anti join activity as t on t.activity_id = f.activity_id
    union all
    select
        'indicator_target' as place,
        'indicator' as thing,
        f.indicator_id as thing_id,
        f.fiscal_year,
        null as view_name,
        null as row_key,
        null as column_name,
    from indicator_target as f
    anti join indicator as t on t.indicator_id = f.indicator_id
    union all
    select
        'indicator_result' as place,
        'indicator' as thing,
        f.indicator_id as thing_id,
        f.fiscal_year,
        null as view_name,
        null as row_key,
        null as column_name,
    from indicator_result as f
    anti join indicator as t on t.indicator_id = f.indicator_id
    union all
    select
        'indicator_analysis' as place,
        'indicator' as thing,
        f.indicator_id as thing_id,
        f.fiscal_year,
        null as view_name,
        null as row_key,
        null as column_name,
    from indicator_analysis as f
    anti join indicator as t on t.indicator_id = f.indicator_id
    union all
    select
        'program_budget' as place,
        'program' as thing,
        f.program_id as thing_id,
        f.fiscal_year,
        null as view_name,
        null as row_key,
        null as column_name,
    from program_budget as f
    anti join program as t on t.program_id = f.program_id
    union all
    select
        'sub_activity_budget' as place,
        'sub_activity' as thing,
        f.sub_activity_id as thing_id,
        f.fiscal_year,
        null as view_name,
        null as row_key,
        null as column_name,
    from sub_activity_budget as f
    anti join sub_activity as t on t.sub_activity_id = f.sub_activity_id
    union all
    select
        'sub_activity_realization' as place,
        'sub_activity' as thing,
        f.sub_activity_id as thing_id,
        f.fiscal_year,
        null as view_name,
        null as row_key,
        null as column_name,
    from sub_activity_realization as f
    anti join sub_activity as t on t.sub_activity_id = f.sub_activity_id
    union all
    select
        'service_result' as place,
        'service' as thing,
        f.service_id as thing_id,
        f.fiscal_year,
        null as view_name,
        null as row_key,
        null as column_name,
    from service_result as f
    anti join service as t on t.service_id = f.service_id
),

counted as (
    select
        l.place,
        l.thing,
        l.thing_id,
        l.fiscal_year,
        l.view_name,
        l.row_key,
        l.column_name,
        count(*) as row_count,
    from loose as l
    group by
        l.place,
        l.thing,
        l.thing_id,
        l.fiscal_year,
        l.view_name,
        l.row_key,
        l.column_name
),

reported as (
    select
        y.fiscal_year,
        max(y.fiscal_year) over () as latest_year,
    from report_year as y
)

select
    y.fiscal_year,
    concat_ws('/', c.place, c.fiscal_year, c.row_key, c.thing, c.thing_id)
        as finding_key,
    c.view_name,
    c.row_key,
    c.column_name,
    c.place,
    c.thing,
    c.row_count,
    c.thing_id as stated,
    cast(null as integer) as computed,
from counted as c
left join report_year as own on own.fiscal_year = c.fiscal_year
inner join reported as y
    on y.fiscal_year = own.fiscal_year
    or (own.fiscal_year is null and y.fiscal_year = y.latest_year)
    or c.fiscal_year is null
