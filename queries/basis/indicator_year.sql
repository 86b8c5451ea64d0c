-- title: Target yang berlaku | The target that holds
-- grain: fiscal_year, indicator_id
-- # The target of an indicator: the agreement's of the stage in force, else the strategic
-- # plan's, else the annual plan's.
select
    p.fiscal_year,
    p.stage,
    p.plan,
    p.indicator_id,
    p.objective_id,
    p.objective_number,
    p.objective_name,
    p.indicator_number,
    p.indicator_name,
    p.unit,
    p.value_kind,
    p.rank_scale,
    p.decimals,
    p.target,
    p.upper_value,
    p.target_label,
    p.realization,
    p.realization_label,
    p.achievement_raw_pct,
    p.achievement_pct_exact,
    p.achievement_pct,
    p.achievement_formula,
    p.annual_plan_indicator_id,
    p.initial_indicator_id,
    p.revised_indicator_id,
    p.strategic_indicator_id,
    p.range_indicator_id,
from basis.plan_achievement as p
where p.stage is not null and p.plan in (p.stage, 'strategic', 'annual_plan')
qualify
    row_number() over (
        partition by p.fiscal_year, p.indicator_id
        order by case p.plan when p.stage then 1 when 'strategic' then 2 else 3 end
    ) = 1
