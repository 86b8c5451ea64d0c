-- title: Pencapaian Kinerja
-- table: 3.1
-- place: 40
-- caption: Pencapaian Kinerja {office} Tahun {fiscal_year}
-- note: Capaian dihitung menurut rumus, batas, dan pembulatan yang ditetapkan pada tiap indikator; realisasi yang belum ada tidak dihitung sebagai nol.
-- note: Predikat adalah kelas pada skala capaian kantor yang batas bawahnya dicapai oleh capaian sebagaimana tercetak.
-- grain: fiscal_year, row_key
-- order: number, objective_id, indicator_number, indicator_id
-- column number: rank "No" once
-- column objective_name: text "Sasaran" once
-- column indicator_name: text "Indikator Kinerja"
-- column unit: text "Satuan"
-- column target: by value_kind "Target" with target_label scale rank_scale
-- column realization: by value_kind "Realisasi" with realization_label scale rank_scale
-- column achievement_pct: percent "Capaian"
-- column achievement_pct_exact: percent "Capaian tanpa pembulatan" hidden
-- column achievement_raw_pct: percent "Capaian tanpa batas" hidden
-- column predicate: text "Predikat"
-- column target_label: text "Kata target" hidden
-- column realization_label: text "Kata realisasi" hidden
-- column formula: text "Rumus" hidden
-- column cap: percent "Batas capaian" hidden
-- column rounding: text "Pembulatan" hidden
-- column zero_policy: text "Target nol" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- edit unit: indicator.unit (indicator_id)
-- edit target: indicator_target.value (indicator_id, fiscal_year, plan = stage, quarter = 0)
-- edit target_label: indicator_target.label (indicator_id, fiscal_year, plan = stage, quarter = 0)
-- edit realization: indicator_result.value (indicator_id, fiscal_year, quarter = 0)
-- edit realization_label: indicator_result.label (indicator_id, fiscal_year, quarter = 0)
-- from number: sheet.objectives.number (objective_id) "urutan sasaran"
-- from achievement_pct: sheet.indicators.realization (indicator_id) "{achievement_formula}"
-- from achievement_pct: sheet.indicators.target_initial (indicator_id = initial_indicator_id)
-- from achievement_pct: sheet.indicators.target_revised (indicator_id = revised_indicator_id)
-- from achievement_pct: sheet.indicators.upper_value (indicator_id = range_indicator_id)
-- from predicate: report.achievement.achievement_pct (row_key) "{achievement_pct} pada skala {achievement_scale}"
-- from predicate: sheet.scales.lower_bound (scale = achievement_scale, label = predicate)
select
    p.fiscal_year,
    'indicator/' || p.indicator_id as row_key,
    p.stage,
    p.objective_id,
    p.indicator_id,
    p.indicator_number,
    dense_rank() over (
        partition by p.fiscal_year
        order by p.objective_number, p.objective_id
    ) as number,
    p.objective_name,
    p.indicator_name,
    p.unit,
    p.value_kind,
    p.rank_scale,
    p.decimals,
    p.target,
    p.target_label,
    p.realization,
    p.realization_label,
    p.achievement_pct,
    p.achievement_pct_exact,
    p.achievement_raw_pct,
    p.achievement_formula,
    p.initial_indicator_id,
    p.revised_indicator_id,
    p.range_indicator_id,
    f.achievement_scale,
    scale_label(f.achievement_scale, p.achievement_pct) as predicate,
    p.formula,
    p.cap,
    p.rounding,
    p.zero_policy,
from basis.plan_achievement as p
cross join office as f
where p.plan = p.stage
