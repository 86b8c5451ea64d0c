-- title: Ringkasan Anggaran dan Realisasi APBD
-- place: 140
-- caption: Ringkasan Anggaran dan Realisasi APBD {office} Tahun Anggaran {fiscal_year}
-- note: Anggaran dan realisasi program, kegiatan, dan Jumlah adalah jumlah sub kegiatannya.
-- note: Selisih adalah anggaran dikurangi realisasi; % capaian adalah realisasi dibagi anggaran.
-- # Things that wait to be filled belong to the sheet; the report names what the year holds.
-- grain: fiscal_year, row_key
-- order: program_number, program_id, activity_number nulls first, activity_id nulls first, sub_activity_number nulls first, sub_activity_id
-- tree: level
-- column level: rank "Tingkat" hidden
-- column number: by number_kind "No"
-- column name: text "Uraian"
-- column budget: rupiah "Anggaran"
-- column budget_realization: rupiah "Realisasi"
-- column difference: rupiah "Selisih"
-- column absorption_pct: percent "% Capaian"
-- column absorption_pct_exact: percent "% Capaian tanpa pembulatan" hidden
-- edit name: sub_activity.name (sub_activity_id)
-- edit name: activity.name (activity_id)
-- edit name: program.name (program_id)
-- edit budget: sub_activity_budget.amount (sub_activity_id, fiscal_year, stage)
-- edit budget_realization: sub_activity_realization.amount (sub_activity_id, fiscal_year, quarter = 0)
-- from number: sheet.activities.number (row_key)
-- from budget: report.budget_summary.budget (program_id = summed_program_id, level = 3) "jumlah sub kegiatan"
-- from budget: report.budget_summary.budget (activity_id = summed_activity_id, level = 3) "jumlah sub kegiatan"
-- from budget: report.budget_summary.budget (level = summed_level) "jumlah program"
-- from budget_realization: report.budget_summary.budget_realization (program_id = summed_program_id, level = 3) "jumlah sub kegiatan"
-- from budget_realization: report.budget_summary.budget_realization (activity_id = summed_activity_id, level = 3) "jumlah sub kegiatan"
-- from budget_realization: report.budget_summary.budget_realization (level = summed_level) "jumlah program"
-- from difference: report.budget_summary.budget (row_key) "{budget} − {budget_realization}"
-- from difference: report.budget_summary.budget_realization (row_key)
-- from absorption_pct: report.budget_summary.budget_realization (row_key) "{budget_realization} ÷ {budget} × 100"
-- from absorption_pct: report.budget_summary.budget (row_key)
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
    t.program_number,
    t.activity_number,
    t.sub_activity_number,
    t.number_kind,
    t.number,
    t.name,
    t.budget,
    t.realization as budget_realization,
    t.difference,
    t.absorption_pct,
    t.absorption_pct_exact,
from basis.tree as t
where t.sub_activity_count > 0
