-- title: Judul menyebut tahun lain | Heading names another year
-- place: 140
-- check: note
-- message en: {place}: the heading says “{stated}”, this report is about {computed}.
-- message id: {place}: judulnya menyebut “{stated}”, padahal laporan ini tentang {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Naskah | Text"
-- column stated: text "Judul | Heading"
-- column computed: rank "Tahun laporan | Report year"
-- # One year alone: a heading that compares or spans years names two. Regulations, evaluations
-- # and plans are rightly of another year.
with dated as (
    select
        s.fiscal_year,
        s.section_id,
        nullif(concat_ws(' ', s.chapter, s.number), '') as place,
        s.title,
        regexp_extract_all(s.title, '\b20[0-9]{2}\b') as years,
        regexp_extract(s.title, '(?i)\btahun(?: anggaran)? +(20[0-9]{2})\b', 1)
            as named_year,
    from section as s
    where
        not regexp_matches(
            s.title,
            '(?i)nomor|no\.|sejarah|rencana|evaluasi|tindak *lanjut|banding|sebelum|lalu|mendatang'
            || '|akhir|renstra|rpjm'
        )
)

select
    d.fiscal_year,
    'section/' || d.section_id as finding_key,
    'sheet.sections' as view_name,
    'section/' || d.section_id as row_key,
    'title' as column_name,
    d.place,
    d.title as stated,
    d.fiscal_year as computed,
from dated as d
where len(d.years) = 1 and try_cast(d.named_year as integer) <> d.fiscal_year
