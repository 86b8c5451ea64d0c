-- title: Perbandingan dengan Realisasi Nasional
-- table: 3.4
-- place: 70
-- caption: Perbandingan Realisasi Kinerja {office} dengan Realisasi Nasional Tahun {fiscal_year}
-- note: Keterangan adalah realisasi dikurangi realisasi nasional.
-- grain: fiscal_year, row_key
-- order: objective_number, objective_id, indicator_number, indicator_id
-- column objective_name: text "Sasaran Strategis" once
-- column indicator_name: text "Indikator Kinerja"
-- column realization: by value_kind "Realisasi Tahun {fiscal_year}" with realization_label scale rank_scale
-- column national_value: by value_kind "Realisasi Nasional"
-- column difference: by value_kind "Ket (+/−)"
-- column realization_label: text "Kata realisasi" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- edit realization: indicator_result.value (indicator_id, fiscal_year, quarter = 0)
-- edit realization_label: indicator_result.label (indicator_id, fiscal_year, quarter = 0)
-- edit national_value: indicator_analysis.national_value (indicator_id, fiscal_year)
-- from difference: sheet.indicators.realization (indicator_id) "{realization} − {national_value}"
-- from difference: report.national_comparison.national_value (indicator_id)
select
    p.fiscal_year,
    'indicator/' || p.indicator_id as row_key,
    p.objective_id,
    p.indicator_id,
    p.objective_number,
    p.indicator_number,
    p.objective_name,
    p.indicator_name,
    p.value_kind,
    p.rank_scale,
    p.decimals,
    p.realization,
    p.realization_label,
    n.national_value,
    p.realization - n.national_value as difference,
from basis.plan_achievement as p
left join indicator_analysis as n
    on n.indicator_id = p.indicator_id and n.fiscal_year = p.fiscal_year
where p.stage is not null and p.plan = 'strategic'
