-- title: Anggaran Perjanjian Kinerja
-- place: 30
-- caption: Anggaran Perjanjian Kinerja {stage_name} {office} Tahun {fiscal_year}
-- grain: fiscal_year, row_key
-- order: stage, number, program_id
-- parts: stage
-- column stage: text "Tahap" hidden
-- column number: rank "No"
-- column program_name: text "Program"
-- column budget: rupiah "Anggaran"
-- column note: text "Keterangan"
-- edit number: program.number (program_id)
-- edit program_name: program.name (program_id)
-- edit budget: program_budget.amount (program_id, fiscal_year, stage)
-- edit note: program_budget.note (program_id, fiscal_year, stage)
-- row: program_budget (program_id, fiscal_year, stage)
select
    b.fiscal_year,
    'program/' || b.program_id || '/' || b.stage as row_key,
    b.stage,
    stage_name(b.stage) as stage_name,
    b.program_id,
    p.number,
    p.name as program_name,
    b.amount as budget,
    b.note,
from program_budget as b
inner join report_year as y on y.fiscal_year = b.fiscal_year
inner join program as p on p.program_id = b.program_id
