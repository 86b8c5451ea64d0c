-- title: Triwulan | Quarters
-- place: 50
-- # Indicators by the agreement in force, or by the strategic plan when only that names them.
-- grain: fiscal_year, row_key
-- order: sort_1, sort_2, sort_3, sort_4, sort_5, sort_6, sort_7
-- column parent_name: text "Sasaran / Kegiatan | Objective / Activity" once
-- column name: text "Indikator / Sub kegiatan | Indicator / Sub-activity"
-- column unit: text "Satuan | Unit"
-- column target_q1: by value_kind "TW I | Q1" group "Target" with target_q1_label scale rank_scale
-- column target_q2: by value_kind "TW II | Q2" group "Target" with target_q2_label scale rank_scale
-- column target_q3: by value_kind "TW III | Q3" group "Target" with target_q3_label scale rank_scale
-- column target_q4: by value_kind "TW IV | Q4" group "Target" with target_q4_label scale rank_scale
-- column target: by value_kind "Setahun | Year" group "Target" with target_label scale rank_scale
-- column realization_q1: by value_kind "TW I | Q1" group "Realisasi | Realization" with realization_q1_label scale rank_scale
-- column realization_q2: by value_kind "TW II | Q2" group "Realisasi | Realization" with realization_q2_label scale rank_scale
-- column realization_q3: by value_kind "TW III | Q3" group "Realisasi | Realization" with realization_q3_label scale rank_scale
-- column realization_q4: by value_kind "TW IV | Q4" group "Realisasi | Realization" with realization_q4_label scale rank_scale
-- column realization: by value_kind "Setahun | Year" group "Realisasi | Realization" with realization_label scale rank_scale
-- edit target_q1: indicator_target.value (indicator_id, fiscal_year, plan, quarter = 1)
-- edit target_q2: indicator_target.value (indicator_id, fiscal_year, plan, quarter = 2)
-- edit target_q3: indicator_target.value (indicator_id, fiscal_year, plan, quarter = 3)
-- edit target_q4: indicator_target.value (indicator_id, fiscal_year, plan, quarter = 4)
-- edit target: indicator_target.value (indicator_id, fiscal_year, plan, quarter = 0)
-- edit target: sub_activity_budget.amount (sub_activity_id, fiscal_year, stage)
-- edit realization_q1: indicator_result.value (indicator_id, fiscal_year, quarter = 1)
-- edit realization_q1: sub_activity_realization.amount (sub_activity_id, fiscal_year, quarter = 1)
-- edit realization_q2: indicator_result.value (indicator_id, fiscal_year, quarter = 2)
-- edit realization_q2: sub_activity_realization.amount (sub_activity_id, fiscal_year, quarter = 2)
-- edit realization_q3: indicator_result.value (indicator_id, fiscal_year, quarter = 3)
-- edit realization_q3: sub_activity_realization.amount (sub_activity_id, fiscal_year, quarter = 3)
-- edit realization_q4: indicator_result.value (indicator_id, fiscal_year, quarter = 4)
-- edit realization_q4: sub_activity_realization.amount (sub_activity_id, fiscal_year, quarter = 4)
-- edit realization: indicator_result.value (indicator_id, fiscal_year, quarter = 0)
-- edit realization: sub_activity_realization.amount (sub_activity_id, fiscal_year, quarter = 0)
-- from parent_name: sheet.objectives.name (objective_id)
-- from parent_name: sheet.activities.name (activity_id, level = 2)
-- from name: sheet.indicators.name (indicator_id)
-- from name: sheet.activities.name (sub_activity_id)
-- from unit: sheet.indicators.unit (indicator_id)
with realized as (
    select
        r.sub_activity_id,
        r.fiscal_year,
        max(r.amount) filter (where r.quarter = 1) as q1,
        max(r.amount) filter (where r.quarter = 2) as q2,
        max(r.amount) filter (where r.quarter = 3) as q3,
        max(r.amount) filter (where r.quarter = 4) as q4,
    from sub_activity_realization as r
    group by r.sub_activity_id, r.fiscal_year
)

-- Money and figures of indicators share columns, in a type that holds both.
select
    i.fiscal_year,
    'indicator/' || i.indicator_id as row_key,
    i.stage,
    i.plan,
    i.objective_id,
    i.indicator_id,
    cast(null as integer) as activity_id,
    cast(null as integer) as sub_activity_id,
    1 as sort_1,
    i.objective_number as sort_2,
    i.objective_id as sort_3,
    i.indicator_number as sort_4,
    i.indicator_id as sort_5,
    cast(null as integer) as sort_6,
    cast(null as integer) as sort_7,
    i.objective_name as parent_name,
    i.indicator_name as name,
    i.unit,
    i.value_kind,
    i.rank_scale,
    i.decimals,
    cast(i.target_q1 as decimal(28, 4)) as target_q1,
    cast(i.target_q2 as decimal(28, 4)) as target_q2,
    cast(i.target_q3 as decimal(28, 4)) as target_q3,
    cast(i.target_q4 as decimal(28, 4)) as target_q4,
    i.target_q1_label,
    i.target_q2_label,
    i.target_q3_label,
    i.target_q4_label,
    cast(i.target as decimal(28, 4)) as target,
    i.target_label,
    cast(i.realization_q1 as decimal(28, 4)) as realization_q1,
    cast(i.realization_q2 as decimal(28, 4)) as realization_q2,
    cast(i.realization_q3 as decimal(28, 4)) as realization_q3,
    cast(i.realization_q4 as decimal(28, 4)) as realization_q4,
    i.realization_q1_label,
    i.realization_q2_label,
    i.realization_q3_label,
    i.realization_q4_label,
    cast(i.realization as decimal(28, 4)) as realization,
    i.realization_label,
from basis.indicator_quarters as i
union all by name
select
    s.fiscal_year,
    'sub_activity/' || s.sub_activity_id as row_key,
    s.stage,
    s.activity_id,
    s.sub_activity_id,
    2 as sort_1,
    p.number as sort_2,
    p.program_id as sort_3,
    a.number as sort_4,
    a.activity_id as sort_5,
    s.sub_activity_number as sort_6,
    s.sub_activity_id as sort_7,
    a.name as parent_name,
    s.sub_activity_name as name,
    'Rp' as unit,
    'rupiah' as value_kind,
    cast(s.budget as decimal(28, 4)) as target,
    cast(r.q1 as decimal(28, 4)) as realization_q1,
    cast(r.q2 as decimal(28, 4)) as realization_q2,
    cast(r.q3 as decimal(28, 4)) as realization_q3,
    cast(r.q4 as decimal(28, 4)) as realization_q4,
    cast(s.realization as decimal(28, 4)) as realization,
from basis.sub_activity_year as s
inner join activity as a on a.activity_id = s.activity_id
inner join program as p on p.program_id = a.program_id
left join realized as r
    on r.sub_activity_id = s.sub_activity_id and r.fiscal_year = s.fiscal_year
