-- title: Program di luar PK | Program outside the agreement
-- place: 110
-- check: warning
-- message en: {place}: its sub-activities have {computed} this year, but the agreement in force does not name it.
-- message id: {place}: sub kegiatannya beranggaran {computed} tahun ini, tetapi tidak tercantum dalam perjanjian kinerja yang berlaku.
-- grain: fiscal_year, finding_key
-- column place: text "Program"
-- column computed: rupiah "Anggaran sub kegiatan | Budget of sub-activities"
with spent as (
    select
        s.fiscal_year,
        s.stage,
        s.program_id,
        cast(sum(s.budget) as bigint) as budget,
    from basis.sub_activity_year as s
    group by s.fiscal_year, s.stage, s.program_id
)

select
    s.fiscal_year,
    'program/' || s.program_id as finding_key,
    'sheet.programs' as view_name,
    'program/' || s.program_id as row_key,
    'budget_' || s.stage as column_name,
    p.name as place,
    cast(null as bigint) as stated,
    s.budget as computed,
from spent as s
inner join program as p on p.program_id = s.program_id
where not exists (
    select 1
    from program_budget as b
    where b.program_id = s.program_id
        and b.fiscal_year = s.fiscal_year
        and b.stage = s.stage
)
