-- title: Pengukuran Triwulanan
-- place: 150
-- caption: Rencana Aksi dan Pengukuran Kinerja Triwulanan {office} Tahun {fiscal_year}
-- note: Triwulan memuat angkanya sendiri, bukan angka kumulatif; capaian dihitung dari angka setahun.
-- grain: fiscal_year, row_key
-- order: number, objective_id, indicator_number, indicator_id
-- column number: rank "No" once
-- column objective_name: text "Sasaran" once
-- column indicator_name: text "Indikator Kinerja"
-- column unit: text "Satuan"
-- column target_q1: by value_kind "TW I" group "Target" with target_q1_label scale rank_scale
-- column target_q2: by value_kind "TW II" group "Target" with target_q2_label scale rank_scale
-- column target_q3: by value_kind "TW III" group "Target" with target_q3_label scale rank_scale
-- column target_q4: by value_kind "TW IV" group "Target" with target_q4_label scale rank_scale
-- column realization_q1: by value_kind "TW I" group "Realisasi" with realization_q1_label scale rank_scale
-- column realization_q2: by value_kind "TW II" group "Realisasi" with realization_q2_label scale rank_scale
-- column realization_q3: by value_kind "TW III" group "Realisasi" with realization_q3_label scale rank_scale
-- column realization_q4: by value_kind "TW IV" group "Realisasi" with realization_q4_label scale rank_scale
-- column achievement_pct: percent "Capaian"
-- column achievement_pct_exact: percent "Capaian tanpa pembulatan" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- edit unit: indicator.unit (indicator_id)
-- edit target_q1: indicator_target.value (indicator_id, fiscal_year, plan, quarter = 1)
-- edit target_q2: indicator_target.value (indicator_id, fiscal_year, plan, quarter = 2)
-- edit target_q3: indicator_target.value (indicator_id, fiscal_year, plan, quarter = 3)
-- edit target_q4: indicator_target.value (indicator_id, fiscal_year, plan, quarter = 4)
-- edit realization_q1: indicator_result.value (indicator_id, fiscal_year, quarter = 1)
-- edit realization_q2: indicator_result.value (indicator_id, fiscal_year, quarter = 2)
-- edit realization_q3: indicator_result.value (indicator_id, fiscal_year, quarter = 3)
-- edit realization_q4: indicator_result.value (indicator_id, fiscal_year, quarter = 4)
-- from number: sheet.objectives.number (objective_id) "urutan sasaran"
-- from achievement_pct: sheet.indicators.achievement_pct (indicator_id) "{achievement_formula}"
select
    i.fiscal_year,
    'indicator/' || i.indicator_id as row_key,
    i.plan,
    i.objective_id,
    i.indicator_id,
    i.indicator_number,
    dense_rank() over (
        partition by i.fiscal_year
        order by i.objective_number, i.objective_id
    ) as number,
    i.objective_name,
    i.indicator_name,
    i.unit,
    i.value_kind,
    i.rank_scale,
    i.decimals,
    i.target_q1,
    i.target_q2,
    i.target_q3,
    i.target_q4,
    i.target_q1_label,
    i.target_q2_label,
    i.target_q3_label,
    i.target_q4_label,
    i.realization_q1,
    i.realization_q2,
    i.realization_q3,
    i.realization_q4,
    i.realization_q1_label,
    i.realization_q2_label,
    i.realization_q3_label,
    i.realization_q4_label,
    i.achievement_pct,
    i.achievement_pct_exact,
    i.achievement_formula,
from basis.indicator_quarters as i
