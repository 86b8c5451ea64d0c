-- title: Naskah | Text
-- caption: Naskah Laporan {office} Tahun {fiscal_year}
-- place: 80
-- # Passages stand in the order in which they were written: their printed numbers may repeat
-- # or be missing, and a passage without a number belongs behind the one before it.
-- grain: fiscal_year, row_key
-- order: chapter_order, section_id
-- column chapter: text "Bab | Chapter" once
-- column number: text "No"
-- column title: text "Judul | Title"
-- column body: long "Isi | Text" width 60
-- edit chapter: section.chapter (section_id)
-- edit number: section.number (section_id)
-- edit title: section.title (section_id)
-- edit body: section.body (section_id)
-- row: section (fiscal_year, chapter)
-- row: section (fiscal_year)
select
    s.fiscal_year,
    'section/' || s.section_id as row_key,
    s.section_id,
    -- The preface precedes chapter I; appendices, and what has no chapter yet, end.
    case
        when s.chapter is null then 100
        when lower(s.chapter) like 'lampiran%' then 99
        else coalesce(
            list_position(
                ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'],
                upper(trim(s.chapter))
            ),
            0
        )
    end as chapter_order,
    s.chapter,
    s.number,
    s.title,
    s.body,
from section as s
