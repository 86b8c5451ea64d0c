-- title: Angka triwulanan indikator | Quarters of indicators
-- grain: fiscal_year, indicator_id
-- # By the agreement in force, or by the strategic plan when only that names the indicator.
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

quarter_result as (
    select
        r.indicator_id,
        r.fiscal_year,
        max(r.value) filter (where r.quarter = 1) as q1,
        max(r.value) filter (where r.quarter = 2) as q2,
        max(r.value) filter (where r.quarter = 3) as q3,
        max(r.value) filter (where r.quarter = 4) as q4,
        max(r.label) filter (where r.quarter = 1) as q1_label,
        max(r.label) filter (where r.quarter = 2) as q2_label,
        max(r.label) filter (where r.quarter = 3) as q3_label,
        max(r.label) filter (where r.quarter = 4) as q4_label,
    from indicator_result as r
    group by r.indicator_id, r.fiscal_year
)

select
    i.fiscal_year,
    i.stage,
    i.plan,
    i.indicator_id,
    i.objective_id,
    i.objective_number,
    i.objective_name,
    i.indicator_number,
    i.indicator_name,
    i.unit,
    i.value_kind,
    i.rank_scale,
    i.decimals,
    t.q1 as target_q1,
    t.q2 as target_q2,
    t.q3 as target_q3,
    t.q4 as target_q4,
    t.q1_label as target_q1_label,
    t.q2_label as target_q2_label,
    t.q3_label as target_q3_label,
    t.q4_label as target_q4_label,
    i.target,
    i.target_label,
    r.q1 as realization_q1,
    r.q2 as realization_q2,
    r.q3 as realization_q3,
    r.q4 as realization_q4,
    r.q1_label as realization_q1_label,
    r.q2_label as realization_q2_label,
    r.q3_label as realization_q3_label,
    r.q4_label as realization_q4_label,
    i.realization,
    i.realization_label,
    i.achievement_formula,
    i.achievement_pct_exact,
    i.achievement_pct,
from basis.indicator_year as i
left join quarter_target as t
    on t.indicator_id = i.indicator_id
    and t.fiscal_year = i.fiscal_year
    and t.plan = i.plan
left join quarter_result as r
    on r.indicator_id = i.indicator_id and r.fiscal_year = i.fiscal_year
where i.plan in (i.stage, 'strategic')
