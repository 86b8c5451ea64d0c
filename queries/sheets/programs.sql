-- title: Program | Programs
-- place: 30
-- grain: fiscal_year, row_key
-- order: number, program_id
-- column number: rank "No"
-- column name: text "Program"
-- column budget_initial: rupiah "Anggaran PK | Agreed budget"
-- column note_initial: text "Keterangan PK | Agreement's note"
-- column budget_revised: rupiah "Anggaran PK perubahan | Revised budget"
-- column note_revised: text "Keterangan PK perubahan | Revision's note"
-- column indicator_id: choice "Indikator yang didukung | Outcome served"
-- column code: text "Kode | Code"
-- edit number: program.number (program_id)
-- edit code: program.code (program_id)
-- edit name: program.name (program_id)
-- edit budget_initial: program_budget.amount (program_id, fiscal_year, stage = 'initial')
-- edit note_initial: program_budget.note (program_id, fiscal_year, stage = 'initial')
-- edit budget_revised: program_budget.amount (program_id, fiscal_year, stage = 'revised')
-- edit note_revised: program_budget.note (program_id, fiscal_year, stage = 'revised')
-- edit indicator_id: program_budget.indicator_id (program_id, fiscal_year, stage)
-- choice indicator_id: select i.indicator_id as id, o.number || '.' || i.number || ' ' || i.name as label from indicator as i inner join objective as o on o.objective_id = i.objective_id order by o.number, i.number, i.indicator_id
-- row: program () by number + program_budget (program_id, fiscal_year, stage)
-- # A program with sub kegiatan but outside the agreement shows too: its first amount puts it in.
with member as (
    select
        b.fiscal_year,
        b.program_id,
    from program_budget as b
    union
    select
        s.fiscal_year,
        s.program_id,
    from basis.sub_activity_shown as s
),

agreed as (
    select
        b.fiscal_year,
        b.program_id,
        max(b.amount) filter (where b.stage = 'initial') as budget_initial,
        max(b.note) filter (where b.stage = 'initial') as note_initial,
        max(b.amount) filter (where b.stage = 'revised') as budget_revised,
        max(b.note) filter (where b.stage = 'revised') as note_revised,
        max(b.indicator_id) filter (where b.stage = y.stage) as indicator_id,
    from program_budget as b
    inner join report_year as y on y.fiscal_year = b.fiscal_year
    group by b.fiscal_year, b.program_id
)

select
    y.fiscal_year,
    'program/' || p.program_id as row_key,
    y.stage,
    p.program_id,
    p.number,
    p.code,
    p.name,
    a.budget_initial,
    a.note_initial,
    a.budget_revised,
    a.note_revised,
    a.indicator_id,
from report_year as y
cross join program as p
left join agreed as a
    on a.fiscal_year = y.fiscal_year and a.program_id = p.program_id
where
    exists (
        select 1
        from member as m
        where m.fiscal_year = y.fiscal_year and m.program_id = p.program_id
    )
    or not exists (
        select 1
        from program_budget as b
        where b.program_id = p.program_id
    )
