-- title: Nomor naskah ganda | Heading number given twice
-- place: 139
-- check: note
-- message en: {place}: “{stated}” has the number of “{computed}”.
-- message id: {place}: “{stated}” bernomor sama dengan “{computed}”.
-- grain: fiscal_year, finding_key
-- column place: text "Naskah | Text"
-- column stated: text "Judul | Heading"
-- column computed: text "Judul yang bernomor sama | Heading of the same number"
-- # Of those that bear one. A note: print tells “a)” and “a.” apart, here both are “a”.
with numbered as (
    select
        s.fiscal_year,
        s.section_id,
        concat_ws(' ', s.chapter, s.number) as place,
        s.title,
        first_value(s.section_id) over alike as first_id,
        first_value(s.title) over alike as first_title,
    from section as s
    where s.title is not null and s.number is not null
    window alike as (
        partition by s.fiscal_year, upper(trim(s.chapter)), trim(s.number, ' .)')
        order by s.section_id
    )
)

select
    n.fiscal_year,
    'section/' || n.section_id as finding_key,
    'sheet.sections' as view_name,
    'section/' || n.section_id as row_key,
    'number' as column_name,
    n.place,
    n.title as stated,
    n.first_title as computed,
from numbered as n
where n.section_id <> n.first_id
