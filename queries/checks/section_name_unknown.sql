-- title: Nama dalam naskah tidak dikenal | Name in a passage is unknown
-- place: 144
-- check: error
-- message en: {place}: “{stated}” in braces names nothing that the report could print there.
-- message id: {place}: “{stated}” dalam kurung kurawal tidak menunjuk apa pun yang dapat dicetak di sana.
-- grain: fiscal_year, finding_key
-- column place: text "Naskah | Text"
-- column stated: text "Nama | Name"
-- # A name of captions, a view, or a view's column. Whether its row is there and filled only the
-- # report tells, which reads every view. What looks different is no name.
with written as (
    select
        s.fiscal_year,
        s.section_id,
        nullif(concat_ws(' ', s.chapter, s.number), '') as place,
        t.column_name,
        -- Doubled braces keep what stands in them.
        regexp_replace(t.text, '\{\{[^{}\n]*\}\}', '', 'g') as text,
    from section as s
    cross join unnest([
        {column_name: 'title', text: s.title},
        {column_name: 'body', text: s.body}
    ]) as u (t)
    where contains(t.text, '{')
),

named as (
    select
        w.fiscal_year,
        w.section_id,
        w.place,
        w.column_name,
        unnest(list_distinct(regexp_extract_all(
            w.text,
            '\{([A-Za-z_]\w*(?:[+-][0-9]{1,4}'
            || '|(?:\.[A-Za-z_]\w*)?(?::(?:[^{}:\n]|\{[A-Za-z_]\w*(?:[+-][0-9]{1,4})?\})+){0,2}))\}',
            1
        ))) as name,
    from written as w
),

taken_apart as (
    select
        n.fiscal_year,
        n.section_id,
        n.place,
        n.column_name,
        n.name,
        lower(regexp_extract(n.name, '^(?:chart:)?([^:]*)', 1)) as view_name,
        nullif(split_part(n.name, ':', 3), '') as cell_column,
    from named as n
)

select
    t.fiscal_year,
    'section/' || t.section_id || '/' || t.column_name || '/' || t.name as finding_key,
    'sheet.sections' as view_name,
    'section/' || t.section_id as row_key,
    t.column_name,
    t.place,
    t.name as stated,
    null as computed,
from taken_apart as t
where
    t.name not in ('signature', 'office')
    and not exists (
        select 1
        from duckdb_columns() as c
        where
            c.schema_name = 'main'
            and c.table_name in ('office', 'report_year')
            and c.column_name = regexp_replace(t.name, '[+-][0-9]+$', '')
    )
    and not exists (
        select 1
        from basis.named_column as c
        where
            c.view_name in (t.view_name, 'report.' || t.view_name, 'sheet.' || t.view_name)
            and (t.cell_column is null or c.column_name is null or c.column_name = t.cell_column)
    )
