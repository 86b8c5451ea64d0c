-- title: Ciri ganda | Traits that siblings share
-- grain: trait, thing, thing_id
-- # The name, number or code of each thing that a sibling bears too, whatever the year.
with trait as (
    select
        'name' as trait,
        s.thing,
        s.thing_id,
        s.parent_key,
        letters(s.name) as trait_key,
    from basis.sibling as s
    union all
    select
        'number' as trait,
        s.thing,
        s.thing_id,
        s.parent_key,
        cast(s.number as varchar) as trait_key,
    from basis.sibling as s
    union all
    select
        'code' as trait,
        s.thing,
        s.thing_id,
        s.parent_key,
        code_key(s.code) as trait_key,
    from basis.sibling as s
)

select
    t.trait,
    t.thing,
    t.thing_id,
    t.parent_key,
    t.trait_key,
from trait as t
where t.trait_key <> ''
qualify count(*) over (partition by t.trait, t.thing, t.parent_key, t.trait_key) > 1
