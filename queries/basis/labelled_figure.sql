-- title: Angka dengan predikat | Figures with a label
-- grain: fiscal_year, indicator_id, column_name
-- # Each target and result with words behind it or in its place, in the cell that shows it,
-- # with the label that the indicator's scale gives the figure.
with labelled as (
    select
        t.fiscal_year,
        t.indicator_id,
        target_column(t.plan) as column_name,
        t.value,
        t.label,
    from basis.indicator_target_year as t
    union all
    select
        y.fiscal_year,
        t.indicator_id,
        'final_target' as column_name,
        t.value,
        t.label,
    from report_year as y
    inner join basis.indicator_target_year as t
        on t.fiscal_year = y.strategic_end_year
    where t.plan = 'strategic' and t.fiscal_year <> y.fiscal_year
    union all
    select
        y.fiscal_year,
        r.indicator_id,
        case y.fiscal_year - r.fiscal_year
            when 0 then 'realization'
            when 1 then 'realization_1_before'
            else 'realization_2_before'
        end as column_name,
        r.value,
        r.label,
    from report_year as y
    inner join basis.indicator_result_year as r
        on r.fiscal_year between y.fiscal_year - 2 and y.fiscal_year
    left join report_year as o on o.fiscal_year = r.fiscal_year
    -- An earlier year that has a report of its own is told there.
    where r.fiscal_year = y.fiscal_year or o.fiscal_year is null
)

select
    l.fiscal_year,
    l.indicator_id,
    'indicator/' || l.indicator_id as row_key,
    l.column_name,
    i.name as indicator_name,
    i.value_kind,
    i.decimals,
    i.value_scale,
    l.value,
    l.label,
    figure_label(i.formula, i.value_scale, l.value) as scale_label,
    -- Words that no class of the scale bears, where there is no figure with a class of its own.
    figure_label(i.formula, i.value_scale, l.value) is null
    and exists (
        select 1
        from scale_class as c
        where c.scale = i.value_scale
    )
    and not exists (
        select 1
        from basis.scale_score as c
        where c.scale = i.value_scale and c.word = word_key(l.label)
    ) as is_outside_scale,
from labelled as l
inner join basis.indicator_shown as s
    on s.fiscal_year = l.fiscal_year and s.indicator_id = l.indicator_id
inner join indicator as i on i.indicator_id = l.indicator_id
where l.label is not null
