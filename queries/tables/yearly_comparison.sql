-- title: Perbandingan Realisasi Kinerja
-- table: 3.2
-- place: 50
-- caption: Perbandingan Realisasi Kinerja {office} Tahun {fiscal_year-2} – {fiscal_year}
-- note: Target adalah target Renstra tahun {fiscal_year}; capaian tiap tahun dihitung terhadap target Renstra tahun itu.
-- grain: fiscal_year, row_key
-- order: objective_number, objective_id, indicator_number, indicator_id
-- chart: lines indicator_name: target_2_before, target_1_before, target_this_year, realization_2_before, realization_1_before, realization
-- column objective_name: text "Sasaran Strategis" once
-- column indicator_name: text "Indikator Kinerja"
-- column target: by value_kind "Target" with target_label scale rank_scale
-- column realization_2_before: by value_kind "Th. {fiscal_year-2}" group "Realisasi" with realization_2_before_label scale rank_scale
-- column realization_1_before: by value_kind "Th. {fiscal_year-1}" group "Realisasi" with realization_1_before_label scale rank_scale
-- column realization: by value_kind "Th. {fiscal_year}" group "Realisasi" with realization_label scale rank_scale
-- column achievement_2_before_pct: percent "Th. {fiscal_year-2}" group "Capaian"
-- column achievement_1_before_pct: percent "Th. {fiscal_year-1}" group "Capaian"
-- column achievement_pct: percent "Th. {fiscal_year}" group "Capaian"
-- column achievement_2_before_pct_exact: percent "Capaian {fiscal_year-2} tanpa pembulatan" hidden
-- column achievement_1_before_pct_exact: percent "Capaian {fiscal_year-1} tanpa pembulatan" hidden
-- column achievement_pct_exact: percent "Capaian tanpa pembulatan" hidden
-- column target_2_before: by value_kind "Th. {fiscal_year-2}" group "Target" with target_2_before_label hidden
-- column target_1_before: by value_kind "Th. {fiscal_year-1}" group "Target" with target_1_before_label hidden
-- column target_this_year: by value_kind "Th. {fiscal_year}" group "Target" with target_label hidden
-- column target_2_before_label: text "Kata target {fiscal_year-2}" hidden
-- column target_1_before_label: text "Kata target {fiscal_year-1}" hidden
-- column target_label: text "Kata target" hidden
-- column realization_2_before_label: text "Kata realisasi {fiscal_year-2}" hidden
-- column realization_1_before_label: text "Kata realisasi {fiscal_year-1}" hidden
-- column realization_label: text "Kata realisasi" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- edit target: indicator_target.value (indicator_id, fiscal_year, plan = 'strategic', quarter = 0)
-- edit target_label: indicator_target.label (indicator_id, fiscal_year, plan = 'strategic', quarter = 0)
-- edit realization_2_before: indicator_result.value (indicator_id, fiscal_year = year_2_before, quarter = 0)
-- edit realization_2_before_label: indicator_result.label (indicator_id, fiscal_year = year_2_before, quarter = 0)
-- edit realization_1_before: indicator_result.value (indicator_id, fiscal_year = year_1_before, quarter = 0)
-- edit realization_1_before_label: indicator_result.label (indicator_id, fiscal_year = year_1_before, quarter = 0)
-- edit realization: indicator_result.value (indicator_id, fiscal_year, quarter = 0)
-- edit realization_label: indicator_result.label (indicator_id, fiscal_year, quarter = 0)
-- from achievement_2_before_pct: sheet.indicators.realization_2_before (indicator_id) "{achievement_2_before_formula}"
-- from achievement_2_before_pct: sheet.indicators.target_strategic (indicator_id, fiscal_year = report_2_before)
-- from achievement_1_before_pct: sheet.indicators.realization_1_before (indicator_id) "{achievement_1_before_formula}"
-- from achievement_1_before_pct: sheet.indicators.target_strategic (indicator_id, fiscal_year = report_1_before)
-- from achievement_pct: sheet.indicators.realization (indicator_id) "{achievement_formula}"
-- from achievement_pct: sheet.indicators.target_strategic (indicator_id)
select
    p.fiscal_year,
    'indicator/' || p.indicator_id as row_key,
    p.fiscal_year - 1 as year_1_before,
    p.fiscal_year - 2 as year_2_before,
    -- Only a year with a report has a sheet to show its target.
    case when d.stage is not null then d.fiscal_year end as report_1_before,
    case when e.stage is not null then e.fiscal_year end as report_2_before,
    p.objective_id,
    p.indicator_id,
    p.objective_number,
    p.indicator_number,
    p.objective_name,
    p.indicator_name,
    p.value_kind,
    p.rank_scale,
    p.decimals,
    p.target,
    p.target_label,
    e.target as target_2_before,
    e.target_label as target_2_before_label,
    d.target as target_1_before,
    d.target_label as target_1_before_label,
    p.target as target_this_year,
    c.value as realization_2_before,
    c.label as realization_2_before_label,
    b.value as realization_1_before,
    b.label as realization_1_before_label,
    p.realization,
    p.realization_label,
    e.achievement_pct as achievement_2_before_pct,
    e.achievement_pct_exact as achievement_2_before_pct_exact,
    e.achievement_formula as achievement_2_before_formula,
    d.achievement_pct as achievement_1_before_pct,
    d.achievement_pct_exact as achievement_1_before_pct_exact,
    d.achievement_formula as achievement_1_before_formula,
    p.achievement_pct,
    p.achievement_pct_exact,
    p.achievement_formula,
from basis.plan_achievement as p
left join basis.indicator_result_year as b
    on b.indicator_id = p.indicator_id and b.fiscal_year = p.fiscal_year - 1
left join basis.indicator_result_year as c
    on c.indicator_id = p.indicator_id and c.fiscal_year = p.fiscal_year - 2
left join basis.plan_achievement as d
    on d.indicator_id = p.indicator_id
    and d.fiscal_year = p.fiscal_year - 1
    and d.plan = 'strategic'
left join basis.plan_achievement as e
    on e.indicator_id = p.indicator_id
    and e.fiscal_year = p.fiscal_year - 2
    and e.plan = 'strategic'
where p.stage is not null and p.plan = 'strategic'
