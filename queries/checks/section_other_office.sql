-- title: Judul menyebut instansi lain | Heading names another office
-- place: 142
-- check: note
-- message en: {place}: the heading names “{stated}”, this office is “{computed}”.
-- message id: {place}: judulnya menyebut “{stated}”, padahal instansi ini “{computed}”.
-- grain: fiscal_year, finding_key
-- column place: text "Naskah | Text"
-- column stated: text "Tertulis | Stated"
-- column computed: text "Instansi | Office"
-- # A name is what follows in capitals, up to the heading's end, its regency or its year. A
-- # note, since nothing tells “Kecamatan Sehat” from the name of a place.
with named as (
    select
        s.fiscal_year,
        s.section_id,
        nullif(concat_ws(' ', s.chapter, s.number), '') as place,
        regexp_extract(
            s.title,
            '((?i:kecamatan|kelurahan|distrik)(?: +[A-Z][A-Za-z]+){1,2}?)'
            || ' *(?:$|,|(?i:kabupaten|kota|tahun|20[0-9]{2})\b)',
            1
        ) as named_office,
    from section as s
)

select
    n.fiscal_year,
    'section/' || n.section_id as finding_key,
    'sheet.sections' as view_name,
    'section/' || n.section_id as row_key,
    'title' as column_name,
    n.place,
    n.named_office as stated,
    o.name as computed,
from named as n
cross join main.office as o
where
    same_words(split_part(n.named_office, ' ', 1), split_part(o.name, ' ', 1))
    -- The office's name may go on, with its regency.
    and not starts_with(letters(o.name), letters(n.named_office))
    and not regexp_matches(n.named_office, '(?i) (kabupaten|kota|tahun|dan|dalam|di)\b')
