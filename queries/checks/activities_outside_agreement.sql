-- title: Program di luar PK | Program outside the agreement
-- place: 110
-- check: warning
-- message en: {place}: its sub-activities have {computed} this year, but the agreement in force does not name it.
-- message id: {place}: sub kegiatannya beranggaran {computed} tahun ini, tetapi tidak tercantum dalam perjanjian kinerja yang berlaku.
-- grain: fiscal_year, finding_key
-- column place: text "Program"
-- column computed: rupiah "Anggaran sub kegiatan | Budget of sub-activities"
select
    m.fiscal_year,
    'program/' || m.program_id as finding_key,
    'sheet.programs' as view_name,
    'program/' || m.program_id as row_key,
    'budget_' || m.stage as column_name,
    p.name as place,
    cast(null as bigint) as stated,
    m.budget as computed,
from basis.program_money as m
inner join program as p on p.program_id = m.program_id
where not exists (
    select 1
    from program_budget as b
    where b.program_id = m.program_id
        and b.fiscal_year = m.fiscal_year
        and b.stage = m.stage
)
