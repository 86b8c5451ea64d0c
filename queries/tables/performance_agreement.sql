-- title: Perjanjian Kinerja
-- place: 20
-- caption: Perjanjian Kinerja {stage_name} {office} Tahun {fiscal_year}
-- grain: fiscal_year, row_key
-- order: stage, number, objective_id, indicator_number, indicator_id
-- parts: stage
-- column stage: text "Tahap" hidden
-- column number: rank "No" once
-- column objective_name: text "Sasaran" once
-- column indicator_name: text "Indikator Kinerja"
-- column target: by value_kind "Target" with target_label scale rank_scale
-- column target_label: text "Kata target" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- edit target: indicator_target.value (indicator_id, fiscal_year, plan = stage, quarter = 0)
-- edit target_label: indicator_target.label (indicator_id, fiscal_year, plan = stage, quarter = 0)
-- from number: sheet.objectives.number (objective_id) "urutan sasaran"
-- row: indicator_target (indicator_id, fiscal_year, plan = stage, quarter = 0)
select
    t.fiscal_year,
    'indicator/' || t.indicator_id || '/' || t.plan as row_key,
    t.plan as stage,
    stage_name(t.plan) as stage_name,
    i.objective_id,
    t.indicator_id,
    i.number as indicator_number,
    dense_rank() over (
        partition by t.fiscal_year, t.plan
        order by o.number, o.objective_id
    ) as number,
    o.name as objective_name,
    i.name as indicator_name,
    i.value_kind,
    rank_scale(i.formula, i.value_scale) as rank_scale,
    i.decimals,
    t.value as target,
    t.label as target_label,
from report_year as y
inner join basis.indicator_target_year as t on t.fiscal_year = y.fiscal_year
inner join indicator as i on i.indicator_id = t.indicator_id
inner join objective as o on o.objective_id = i.objective_id
where t.plan in ('initial', 'revised')
