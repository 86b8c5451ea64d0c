-- title: Kegiatan dan sub kegiatan | Activities
-- place: 10
-- grain: fiscal_year, row_key
-- order: program_number, program_id, activity_number nulls first, activity_id nulls first, sub_activity_number nulls first, sub_activity_id
-- tree: level
-- column number: by number_kind "No"
-- column name: text "Uraian | Description"
-- column budget_initial: rupiah "Anggaran (APBD) | Budget"
-- column budget_revised: rupiah "Anggaran (PAPBD) | Revised budget"
-- column realization: rupiah "Realisasi | Realization"
-- column difference: rupiah "Selisih | Difference"
-- column absorption_pct: percent "% | %"
-- column code: text "Kode | Code"
-- column absorption_pct_exact: percent "% tanpa pembulatan | Unrounded %" hidden
-- column level: rank "Tingkat | Level" hidden
-- column program_id: rank "Id program | Program id" hidden
-- column activity_id: rank "Id kegiatan | Activity id" hidden
-- column sub_activity_id: rank "Id sub kegiatan | Sub-activity id" hidden
-- edit number: sub_activity.number (sub_activity_id)
-- edit number: activity.number (activity_id)
-- edit number: program.number (program_id)
-- edit name: sub_activity.name (sub_activity_id)
-- edit name: activity.name (activity_id)
-- edit name: program.name (program_id)
-- edit code: sub_activity.code (sub_activity_id)
-- edit code: activity.code (activity_id)
-- edit code: program.code (program_id)
-- edit budget_initial: sub_activity_budget.amount (sub_activity_id, fiscal_year, stage = 'initial')
-- edit budget_revised: sub_activity_budget.amount (sub_activity_id, fiscal_year, stage = 'revised')
-- edit realization: sub_activity_realization.amount (sub_activity_id, fiscal_year, quarter = 0)
-- from budget_initial: sheet.activities.budget_initial (program_id = summed_program_id, level = 3) "jumlah sub kegiatan"
-- from budget_initial: sheet.activities.budget_initial (activity_id = summed_activity_id, level = 3) "jumlah sub kegiatan"
-- from budget_initial: sheet.activities.budget_initial (level = summed_level) "jumlah program"
-- from budget_revised: sheet.activities.budget_revised (program_id = summed_program_id, level = 3) "jumlah sub kegiatan"
-- from budget_revised: sheet.activities.budget_revised (activity_id = summed_activity_id, level = 3) "jumlah sub kegiatan"
-- from budget_revised: sheet.activities.budget_revised (level = summed_level) "jumlah program"
-- from realization: sheet.activities.realization (program_id = summed_program_id, level = 3) "jumlah sub kegiatan"
-- from realization: sheet.activities.realization (activity_id = summed_activity_id, level = 3) "jumlah sub kegiatan"
-- from realization: sheet.activities.realization (level = summed_level) "jumlah program"
-- from difference: sheet.activities.budget_initial (row_key = initial_row_key) "{budget_initial} − {realization}"
-- from difference: sheet.activities.budget_revised (row_key = revised_row_key) "{budget_revised} − {realization}"
-- from difference: sheet.activities.realization (row_key)
-- from absorption_pct: sheet.activities.budget_initial (row_key = initial_row_key) "{realization} ÷ {budget_initial} × 100"
-- from absorption_pct: sheet.activities.budget_revised (row_key = revised_row_key) "{realization} ÷ {budget_revised} × 100"
-- from absorption_pct: sheet.activities.realization (row_key)
-- from realization: sheet.quarters.realization_q1 (sub_activity_id) "jumlah triwulan"
-- from realization: sheet.quarters.realization_q2 (sub_activity_id)
-- from realization: sheet.quarters.realization_q3 (sub_activity_id)
-- from realization: sheet.quarters.realization_q4 (sub_activity_id)
-- row: sub_activity (activity_id) by number + sub_activity_budget (sub_activity_id, fiscal_year, stage)
-- row: activity (program_id) by number
-- row: program () by number + program_budget (program_id, fiscal_year, stage)
select
    t.fiscal_year,
    t.row_key,
    t.level,
    t.stage,
    t.program_id,
    t.activity_id,
    t.sub_activity_id,
    t.summed_level,
    t.summed_program_id,
    t.summed_activity_id,
    t.initial_row_key,
    t.revised_row_key,
    t.program_number,
    t.activity_number,
    t.sub_activity_number,
    t.number_kind,
    t.number,
    t.code,
    t.name,
    t.budget_initial,
    t.budget_revised,
    t.realization,
    t.difference,
    t.absorption_pct,
    t.absorption_pct_exact,
from basis.tree as t
