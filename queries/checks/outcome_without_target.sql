-- title: Program mendukung indikator di luar rencana | Program serves an indicator outside the plans
-- place: 90
-- check: warning
-- message en: {place}: it serves “{stated}”, which no plan of this year names.
-- message id: {place}: mendukung “{stated}”, yang tidak ada dalam rencana tahun ini.
-- grain: fiscal_year, finding_key
-- column place: text "Program"
-- column stated: text "Indikator | Indicator"
select
    p.fiscal_year,
    'program/' || p.program_id as finding_key,
    'sheet.programs' as view_name,
    'program/' || p.program_id as row_key,
    'indicator_id' as column_name,
    p.program_name as place,
    i.name as stated,
    cast(null as varchar) as computed,
from basis.program_year as p
inner join indicator as i on i.indicator_id = p.indicator_id
where
    not exists (
        select 1
        from basis.indicator_year as a
        where a.fiscal_year = p.fiscal_year and a.indicator_id = p.indicator_id
    )
