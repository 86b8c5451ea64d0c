-- title: Triwulan | Quarters
-- place: 50
-- # Indicators by the agreement in force, or by the strategic plan when only that names them.
-- grain: fiscal_year, row_key
-- order: sort_1, sort_2, sort_3, sort_4, sort_5, sort_6, sort_7
-- column parent_name: text "Sasaran / Kegiatan | Objective / Activity" once
-- column name: text "Indikator / Sub kegiatan | Indicator / Sub-activity"
-- column unit: text "Satuan | Unit"
-- column target_q1: by value_kind "TW I | Q1" group "Target" with target_q1_label
-- column target_q2: by value_kind "TW II | Q2" group "Target" with target_q2_label
-- column target_q3: by value_kind "TW III | Q3" group "Target" with target_q3_label
-- column target_q4: by value_kind "TW IV | Q4" group "Target" with target_q4_label
-- column target: by value_kind "Setahun | Year" group "Target" with target_label
-- column realization_q1: by value_kind "TW I | Q1" group "Realisasi | Realization" with realization_q1_label
-- column realization_q2: by value_kind "TW II | Q2" group "Realisasi | Realization" with realization_q2_label
-- column realization_q3: by value_kind "TW III | Q3" group "Realisasi | Realization" with realization_q3_label
-- column realization_q4: by value_kind "TW IV | Q4" group "Realisasi | Realization" with realization_q4_label
-- column realization: by value_kind "Setahun | Year" group "Realisasi | Realization" with realization_label
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
with quarter_target as (
    select
        t.indicator_id,
        t.fiscal_year,
        t.plan,
        max(t.value) filter (where t.quarter = 1) as q1,
        max(t.value) filter (where t.quarter = 2) as q2,
        max(t.value) filter (where t.quarter = 3) as q3,
        max(t.value) filter (where t.quarter = 4) as q4,
        max(t.label) filter (where t.quarter = 1) as q1_label,
        max(t.label) filter (where t.quarter = 2) as q2_label,
        max(t.label) filter (where t.quarter = 3) as q3_label,
        max(t.label) filter (where t.quarter = 4) as q4_label,
    from indicator_target as t
    group by t.indicator_id, t.fiscal_year, t.plan
),

-- Money and figures of indicators share columns, in a type that holds both.
filled as (
    select
        'indicator/' || r.indicator_id as row_key,
        r.fiscal_year,
        r.quarter,
        cast(r.value as decimal(28, 4)) as value,
        r.label,
    from indicator_result as r
    union all
    select
        'sub_activity/' || r.sub_activity_id as row_key,
        r.fiscal_year,
        r.quarter,
        cast(r.amount as decimal(28, 4)) as value,
        cast(null as varchar) as label,
    from sub_activity_realization as r
),

quarter_result as (
    select
        f.row_key,
        f.fiscal_year,
        max(f.value) filter (where f.quarter = 1) as q1,
        max(f.value) filter (where f.quarter = 2) as q2,
        max(f.value) filter (where f.quarter = 3) as q3,
        max(f.value) filter (where f.quarter = 4) as q4,
        max(f.label) filter (where f.quarter = 1) as q1_label,
        max(f.label) filter (where f.quarter = 2) as q2_label,
        max(f.label) filter (where f.quarter = 3) as q3_label,
        max(f.label) filter (where f.quarter = 4) as q4_label,
    from filled as f
    group by f.row_key, f.fiscal_year
),

line as (
    select
        i.fiscal_year,
        'indicator/' || i.indicator_id as row_key,
        i.stage,
        i.plan,
        i.indicator_id,
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
        i.decimals,
        cast(i.target as decimal(28, 4)) as target,
        i.target_label,
        cast(i.realization as decimal(28, 4)) as realization,
        i.realization_label,
    from basis.indicator_year as i
    where i.plan in (i.stage, 'strategic')
    union all
    select
        s.fiscal_year,
        'sub_activity/' || s.sub_activity_id as row_key,
        s.stage,
        cast(null as varchar) as plan,
        cast(null as integer) as indicator_id,
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
        cast(null as tinyint) as decimals,
        cast(s.budget as decimal(28, 4)) as target,
        cast(null as varchar) as target_label,
        cast(s.realization as decimal(28, 4)) as realization,
        cast(null as varchar) as realization_label,
    from basis.sub_activity_year as s
    inner join activity as a on a.activity_id = s.activity_id
    inner join program as p on p.program_id = a.program_id
)

select
    l.fiscal_year,
    l.row_key,
    l.stage,
    l.plan,
    l.indicator_id,
    l.sub_activity_id,
    l.sort_1,
    l.sort_2,
    l.sort_3,
    l.sort_4,
    l.sort_5,
    l.sort_6,
    l.sort_7,
    l.parent_name,
    l.name,
    l.unit,
    l.value_kind,
    l.decimals,
    t.q1 as target_q1,
    t.q2 as target_q2,
    t.q3 as target_q3,
    t.q4 as target_q4,
    t.q1_label as target_q1_label,
    t.q2_label as target_q2_label,
    t.q3_label as target_q3_label,
    t.q4_label as target_q4_label,
    l.target,
    l.target_label,
    r.q1 as realization_q1,
    r.q2 as realization_q2,
    r.q3 as realization_q3,
    r.q4 as realization_q4,
    r.q1_label as realization_q1_label,
    r.q2_label as realization_q2_label,
    r.q3_label as realization_q3_label,
    r.q4_label as realization_q4_label,
    l.realization,
    l.realization_label,
from line as l
left join quarter_target as t
    on t.indicator_id = l.indicator_id
    and t.fiscal_year = l.fiscal_year
    and t.plan = l.plan
left join quarter_result as r
    on r.row_key = l.row_key and r.fiscal_year = l.fiscal_year
