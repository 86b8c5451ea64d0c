-- title: Rencana Kerja Tahunan
-- place: 10
-- caption: Rencana Kerja Tahunan Tahun {fiscal_year} {office}
-- grain: fiscal_year, row_key
-- order: number, objective_id, indicator_number, indicator_id
-- column number: rank "No" once
-- column objective_name: text "Sasaran Strategis" once
-- column indicator_name: text "Indikator Kinerja Utama"
-- column target: by value_kind "Target" with target_label scale rank_scale
-- column target_label: text "Kata target" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- edit target: indicator_target.value (indicator_id, fiscal_year, plan = 'annual_plan', quarter = 0)
-- edit target_label: indicator_target.label (indicator_id, fiscal_year, plan = 'annual_plan', quarter = 0)
-- from number: sheet.objectives.number (objective_id) "urutan sasaran"
-- row: indicator_target (indicator_id, fiscal_year, plan = 'annual_plan', quarter = 0)
select
    p.fiscal_year,
    'indicator/' || p.indicator_id as row_key,
    p.objective_id,
    p.indicator_id,
    p.indicator_number,
    dense_rank() over (
        partition by p.fiscal_year
        order by p.objective_number, p.objective_id
    ) as number,
    p.objective_name,
    p.indicator_name,
    p.value_kind,
    p.rank_scale,
    p.decimals,
    p.target,
    p.target_label,
from basis.plan_achievement as p
where p.stage is not null and p.plan = 'annual_plan'
