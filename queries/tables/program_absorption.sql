-- title: Anggaran dan Penyerapan
-- table: 3.9
-- place: 130
-- caption: Perbandingan Jumlah Anggaran dan Penyerapan Anggaran {office} Tahun {fiscal_year}
-- note: Jumlah anggaran dan realisasi adalah jumlah sub kegiatan tiap program.
-- grain: fiscal_year, row_key
-- order: number, program_id
-- chart: program_name: budget, budget_realization, absorption_pct
-- column number: rank "No"
-- column program_name: text "Program"
-- column budget: rupiah "Jumlah Anggaran"
-- column budget_realization: rupiah "Realisasi Penyerapan Anggaran"
-- column absorption_pct: percent "%"
-- column absorption_pct_exact: percent "% tanpa pembulatan" hidden
-- edit number: program.number (program_id)
-- edit program_name: program.name (program_id)
-- from budget: report.budget_summary.budget (program_id, level = 3) "jumlah sub kegiatan"
-- from budget_realization: report.budget_summary.budget_realization (program_id, level = 3) "jumlah sub kegiatan"
-- from absorption_pct: report.budget_summary.budget_realization (program_id, level = 3) "{budget_realization} ÷ {budget} × 100"
-- from absorption_pct: report.budget_summary.budget (program_id, level = 3)
select
    p.fiscal_year,
    'program/' || p.program_id as row_key,
    p.program_id,
    p.program_number as number,
    p.program_name,
    p.budget,
    p.realization as budget_realization,
    p.absorption_pct,
    p.absorption_pct_exact,
from basis.program_year as p
