-- title: Pencapaian Kinerja dan Anggaran
-- table: 3.6
-- place: 90
-- caption: Pencapaian Kinerja dan Anggaran {office} Tahun {fiscal_year}
-- note: Alokasi dan realisasi anggaran adalah jumlah sub kegiatan tiap program; capaiannya adalah realisasi dibagi alokasi.
-- grain: fiscal_year, row_key
-- order: objective_number, objective_id, indicator_number, indicator_id, number, program_id
-- column objective_name: text "Sasaran" once
-- column number: rank "No"
-- column program_name: text "Program"
-- column indicator_name: text "Indikator" once
-- column target: by value_kind "Target" group "Kinerja" once with target_label scale rank_scale
-- column realization: by value_kind "Realisasi" group "Kinerja" once with realization_label scale rank_scale
-- column achievement_pct: percent "Capaian" group "Kinerja" once
-- column budget: rupiah "Alokasi" group "Anggaran"
-- column budget_realization: rupiah "Realisasi" group "Anggaran"
-- column absorption_pct: percent "Capaian" group "Anggaran"
-- column achievement_pct_exact: percent "Capaian kinerja tanpa pembulatan" hidden
-- column absorption_pct_exact: percent "Capaian anggaran tanpa pembulatan" hidden
-- column target_label: text "Kata target" hidden
-- column realization_label: text "Kata realisasi" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- edit target: indicator_target.value (indicator_id, fiscal_year, plan, quarter = 0)
-- edit target_label: indicator_target.label (indicator_id, fiscal_year, plan, quarter = 0)
-- edit realization: indicator_result.value (indicator_id, fiscal_year, quarter = 0)
-- edit realization_label: indicator_result.label (indicator_id, fiscal_year, quarter = 0)
-- edit number: program.number (program_id)
-- edit program_name: program.name (program_id)
-- from achievement_pct: sheet.indicators.achievement_pct (indicator_id) "{achievement_formula}"
-- from budget: report.budget_summary.budget (program_id, level = 3) "jumlah sub kegiatan"
-- from budget_realization: report.budget_summary.budget_realization (program_id, level = 3) "jumlah sub kegiatan"
-- from absorption_pct: report.budget_summary.budget_realization (program_id, level = 3) "{budget_realization} ÷ {budget} × 100"
-- from absorption_pct: report.budget_summary.budget (program_id, level = 3)
select
    p.fiscal_year,
    'program/' || p.program_id as row_key,
    a.plan,
    i.objective_id,
    p.indicator_id,
    p.program_id,
    o.number as objective_number,
    i.number as indicator_number,
    o.name as objective_name,
    i.name as indicator_name,
    i.value_kind,
    rank_scale(i.formula, i.value_scale) as rank_scale,
    i.decimals,
    a.target,
    a.target_label,
    a.realization,
    a.realization_label,
    a.achievement_pct,
    a.achievement_pct_exact,
    a.achievement_formula,
    p.program_number as number,
    p.program_name,
    p.budget,
    p.realization as budget_realization,
    p.absorption_pct,
    p.absorption_pct_exact,
from basis.program_year as p
left join indicator as i on i.indicator_id = p.indicator_id
left join objective as o on o.objective_id = i.objective_id
left join basis.indicator_year as a
    on a.fiscal_year = p.fiscal_year and a.indicator_id = p.indicator_id
