-- title: Kode bukan kelanjutan induknya | Code does not continue its parent's
-- place: 138
-- check: warning
-- message en: {place}: the code {stated} does not begin with {computed}, the code of “{parent_name}”.
-- message id: {place}: kode {stated} tidak diawali {computed}, kode “{parent_name}”.
-- grain: fiscal_year, finding_key
-- column place: text "Nama | Name"
-- column parent_name: text "Induk | Parent"
-- column stated: text "Kode | Code"
-- column computed: text "Kode induk | Parent's code"
with paired as (
    select
        'activity' as thing,
        a.activity_id as thing_id,
        a.name,
        a.code,
        p.name as parent_name,
        p.code as parent_code,
    from activity as a
    inner join program as p on p.program_id = a.program_id
    union all
    select
        'sub_activity' as thing,
        s.sub_activity_id as thing_id,
        s.name,
        s.code,
        a.name as parent_name,
        a.code as parent_code,
    from sub_activity as s
    inner join activity as a on a.activity_id = s.activity_id
),

outside as (
    select
        p.thing,
        p.thing_id,
        p.name,
        p.code,
        p.parent_name,
        p.parent_code,
    from paired as p
    where
        not starts_with(code_key(p.code), code_key(p.parent_code) || '.')
        -- A program's whole code takes two steps; shorter ones count on from above.
        and code_depth(code_key(p.parent_code)) >= 2
        and code_depth(code_key(p.code)) >= code_depth(code_key(p.parent_code))
)

select
    y.fiscal_year,
    o.thing || '/' || o.thing_id as finding_key,
    'sheet.activities' as view_name,
    o.thing || '/' || o.thing_id as row_key,
    'code' as column_name,
    o.name as place,
    o.parent_name,
    o.code as stated,
    o.parent_code as computed,
from outside as o
inner join basis.sibling_year as y on y.thing = o.thing and y.thing_id = o.thing_id
