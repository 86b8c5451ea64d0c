-- title: Nama, nomor, dan kode ganda | Names, numbers and codes given twice
-- grain: fiscal_year, trait, row_key
-- # Each thing of a year whose name, number or code a sibling bears that was made before it.
with compared as (
    select
        y.fiscal_year,
        t.trait,
        t.thing,
        t.thing_id,
        y.plan,
        first_value(t.thing_id) over alike as first_id,
    from basis.sibling_alike as t
    inner join basis.sibling_year as y on y.thing = t.thing and y.thing_id = t.thing_id
    -- Each plan counts anew; names and codes are held against all of the year.
    where
        (y.plan <> '') = (t.trait = 'number' and t.thing in ('objective', 'indicator'))
    window alike as (
        partition by y.fiscal_year, y.plan, t.trait, t.thing, t.parent_key, t.trait_key
        order by t.thing_id
    )
)

select
    c.fiscal_year,
    c.trait,
    s.view_name,
    s.row_key,
    s.number,
    s.code,
    s.name,
    f.number as first_number,
    f.name as first_name,
from compared as c
inner join basis.sibling as s on s.thing = c.thing and s.thing_id = c.thing_id
inner join basis.sibling as f on f.thing = c.thing and f.thing_id = c.first_id
where c.thing_id <> c.first_id
qualify
    row_number() over (
        partition by c.fiscal_year, c.trait, c.thing, c.thing_id
        order by c.plan
    ) = 1
