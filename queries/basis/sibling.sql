-- title: Yang berdampingan | What stands side by side
-- grain: view_name, row_key
-- # Things of one kind beneath the same parent, whatever the year. Kinds are never held against
-- # each other: the program is spelt “Ketentraman”, its kegiatan “Ketenteraman”.
select
    'objective' as thing,
    '' as parent_key,
    o.objective_id as thing_id,
    'sheet.objectives' as view_name,
    'objective/' || o.objective_id as row_key,
    o.number,
    null as code,
    o.name,
from objective as o
union all
select
    'indicator' as thing,
    cast(i.objective_id as varchar) as parent_key,
    i.indicator_id as thing_id,
    'sheet.indicators' as view_name,
    'indicator/' || i.indicator_id as row_key,
    i.number,
    null as code,
    i.name,
from indicator as i
union all
select
    'program' as thing,
    '' as parent_key,
    p.program_id as thing_id,
    'sheet.programs' as view_name,
    'program/' || p.program_id as row_key,
    p.number,
    p.code,
    p.name,
from program as p
union all
select
    'activity' as thing,
    cast(a.program_id as varchar) as parent_key,
    a.activity_id as thing_id,
    'sheet.activities' as view_name,
    'activity/' || a.activity_id as row_key,
    a.number,
    a.code,
    a.name,
from activity as a
union all
select
    'sub_activity' as thing,
    cast(s.activity_id as varchar) as parent_key,
    s.sub_activity_id as thing_id,
    'sheet.activities' as view_name,
    'sub_activity/' || s.sub_activity_id as row_key,
    s.number,
    s.code,
    s.name,
from sub_activity as s
union all
select
    'service' as thing,
    coalesce(s.service_group, '') as parent_key,
    s.service_id as thing_id,
    'sheet.services' as view_name,
    'service/' || s.service_id as row_key,
    s.number,
    null as code,
    s.name,
from service as s
