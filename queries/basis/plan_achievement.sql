-- title: Capaian menurut rencana | Achievement by plan
-- grain: fiscal_year, plan, indicator_id
-- # Every year that a plan names, with the stage of those that have a report. The plan `final`
-- # holds a report's year against the end of its strategic plan.
with planned as (
    select
        t.fiscal_year,
        y.stage,
        t.plan,
        t.indicator_id,
        t.value,
        t.upper_value,
        t.label,
    from basis.indicator_target_year as t
    left join report_year as y on y.fiscal_year = t.fiscal_year
    union all
    select
        y.fiscal_year,
        y.stage,
        'final' as plan,
        t.indicator_id,
        t.value,
        t.upper_value,
        t.label,
    from report_year as y
    inner join basis.indicator_target_year as t
        on t.fiscal_year = y.strategic_end_year and t.plan = 'strategic'
),

-- Steps of their own from here on, since a macro repeats its arguments.
stated as (
    select
        p.fiscal_year,
        p.stage,
        p.plan,
        p.indicator_id,
        p.value as target,
        p.upper_value,
        p.label as target_label,
        r.value as realization,
        r.label as realization_label,
    from planned as p
    left join basis.indicator_result_year as r
        on r.indicator_id = p.indicator_id and r.fiscal_year = p.fiscal_year
),

measured as (
    select
        s.fiscal_year,
        s.stage,
        s.plan,
        s.indicator_id,
        s.target,
        s.upper_value,
        s.target_label,
        s.realization,
        s.realization_label,
        i.objective_id,
        i.number as indicator_number,
        i.name as indicator_name,
        i.unit,
        i.value_kind,
        rank_scale(i.formula, i.value_scale) as rank_scale,
        i.decimals,
        i.formula,
        i.cap,
        i.rounding,
        i.zero_policy,
        measure(i.formula, s.target, t.score) as target_measure,
        measure(i.formula, s.realization, r.score) as realization_measure,
    from stated as s
    inner join indicator as i on i.indicator_id = s.indicator_id
    left join basis.scale_score as t
        on t.scale = i.value_scale and t.word = word_key(s.target_label)
    left join basis.scale_score as r
        on r.scale = i.value_scale and r.word = word_key(s.realization_label)
),

achieved as (
    select
        m.fiscal_year,
        m.stage,
        m.plan,
        m.indicator_id,
        m.target,
        m.upper_value,
        m.target_label,
        m.realization,
        m.realization_label,
        m.objective_id,
        m.indicator_number,
        m.indicator_name,
        m.unit,
        m.value_kind,
        m.rank_scale,
        m.decimals,
        m.formula,
        m.cap,
        m.rounding,
        m.zero_policy,
        achievement_raw_pct(
            m.formula,
            m.zero_policy,
            m.target_measure,
            m.upper_value,
            m.realization_measure,
            same_words(m.target_label, m.realization_label)
        ) as achievement_raw_pct,
        applied_formula(
            m.formula, m.target_measure, m.upper_value, m.realization_measure
        ) as applied_formula,
        figure_text(m.target_measure) as target_text,
        figure_text(m.upper_value) as upper_text,
        coalesce(
            figure_text(bound(m.formula, m.target_measure, m.upper_value, m.realization_measure)),
            m.target_label
        ) as bound_text,
        coalesce(figure_text(m.realization_measure), m.realization_label) as realization_text,
    from measured as m
)

select
    a.fiscal_year,
    a.stage,
    a.plan,
    a.indicator_id,
    a.objective_id,
    o.number as objective_number,
    o.name as objective_name,
    a.indicator_number,
    a.indicator_name,
    a.unit,
    a.value_kind,
    a.rank_scale,
    a.decimals,
    a.formula,
    a.cap,
    a.rounding,
    a.zero_policy,
    a.target,
    a.upper_value,
    a.target_label,
    a.realization,
    a.realization_label,
    a.achievement_raw_pct,
    capped(a.achievement_raw_pct, a.cap) as achievement_pct_exact,
    printed_pct(capped(a.achievement_raw_pct, a.cap), a.rounding) as achievement_pct,
    case
        when a.achievement_raw_pct is not null then
            achievement_formula_text(
                a.applied_formula,
                a.cap,
                a.target_text,
                a.upper_text,
                a.bound_text,
                a.realization_text
            )
    end as achievement_formula,
    -- The indicator beside the plan that names its target: what a cell comes from stands in
    -- another column for each plan, and a key with a null leads nowhere.
    case when a.plan = 'annual_plan' then a.indicator_id end as annual_plan_indicator_id,
    case when a.plan = 'initial' then a.indicator_id end as initial_indicator_id,
    case when a.plan = 'revised' then a.indicator_id end as revised_indicator_id,
    case when a.plan = 'strategic' then a.indicator_id end as strategic_indicator_id,
    case when a.formula = 'range' then a.indicator_id end as range_indicator_id,
from achieved as a
inner join objective as o on o.objective_id = a.objective_id
