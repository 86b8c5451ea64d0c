-- title: Perbandingan Realisasi s.d. Akhir Renstra
-- table: 3.3
-- place: 60
-- caption: Perbandingan Realisasi Kinerja {office} s.d. Akhir Periode Renstra {strategic_start_year} – {strategic_end_year}
-- note: Tingkat kemajuan adalah capaian realisasi tahun {fiscal_year} terhadap target akhir Renstra menurut rumus indikator.
-- grain: fiscal_year, row_key
-- order: objective_number, objective_id, indicator_number, indicator_id
-- column objective_name: text "Sasaran Strategis" once
-- column indicator_name: text "Indikator Kinerja"
-- column final_target: by value_kind "Target Akhir Renstra" with final_target_label scale rank_scale
-- column realization: by value_kind "Realisasi" with realization_label scale rank_scale
-- column progress_pct: percent "Tingkat Kemajuan"
-- column progress_pct_exact: percent "Tingkat kemajuan tanpa pembulatan" hidden
-- column final_target_label: text "Kata target akhir" hidden
-- column realization_label: text "Kata realisasi" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- edit final_target: indicator_target.value (indicator_id, fiscal_year = strategic_end_year, plan = 'strategic', quarter = 0)
-- edit final_target_label: indicator_target.label (indicator_id, fiscal_year = strategic_end_year, plan = 'strategic', quarter = 0)
-- edit realization: indicator_result.value (indicator_id, fiscal_year, quarter = 0)
-- edit realization_label: indicator_result.label (indicator_id, fiscal_year, quarter = 0)
-- from progress_pct: sheet.indicators.realization (indicator_id) "{progress_formula}"
-- from progress_pct: sheet.indicators.final_target (indicator_id)
select
    p.fiscal_year,
    'indicator/' || p.indicator_id as row_key,
    y.strategic_end_year,
    p.objective_id,
    p.indicator_id,
    p.objective_number,
    p.indicator_number,
    p.objective_name,
    p.indicator_name,
    p.value_kind,
    p.rank_scale,
    p.decimals,
    f.target as final_target,
    f.target_label as final_target_label,
    p.realization,
    p.realization_label,
    f.achievement_pct as progress_pct,
    f.achievement_pct_exact as progress_pct_exact,
    f.achievement_formula as progress_formula,
from basis.plan_achievement as p
inner join report_year as y on y.fiscal_year = p.fiscal_year
left join basis.plan_achievement as f
    on f.indicator_id = p.indicator_id
    and f.fiscal_year = p.fiscal_year
    and f.plan = 'final'
where p.plan = 'strategic'
