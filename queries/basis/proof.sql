-- title: Pembuktian angka tercetak | Proof of the printed figures
-- grain: printed_figure_id
-- # Each printed figure has one verdict, so that a printed cell has one finding at most: the
-- # branches below stand from the narrowest to the widest.
with held as (
    select
        p.printed_figure_id,
        p.fiscal_year,
        p.place,
        p.row_label,
        p.column_label,
        p.printed,
        p.value,
        p.places,
        p.view_name,
        p.row_key,
        p.column_name,
        c.kind,
        c.value as computed,
        cast(coalesce(c.exact_value, c.value) as decimal(38, 10)) as exact_value,
        c.words,
        c.printed_figure_id is not null as has_cell,
        coalesce(c.kind in ('text', 'long', 'choice'), false) as is_words,
        coalesce(trim(p.printed), '') in ('', '-', '–', '—') as is_blank,
    from printed_figure as p
    left join basis.printed_cell as c on c.printed_figure_id = p.printed_figure_id
),

-- Realizations that were printed, for the achievement that only repeats one.
realization as (
    select distinct
        h.fiscal_year,
        h.view_name,
        h.row_key,
        h.value,
    from held as h
    where h.column_name = 'realization' and h.value is not null
),

-- What a budget differs by, when that is the whole budget of one other program.
misplaced as (
    select
        h.printed_figure_id,
        min(y.program_name) as program_name,
    from held as h
    inner join basis.program_year as y
        on y.fiscal_year = h.fiscal_year
        and y.budget = abs(h.value - h.computed)
        and 'program/' || y.program_id <> h.row_key
    where h.kind = 'rupiah' and h.column_name = 'budget' and h.value <> h.computed
    group by h.printed_figure_id
    having count(*) = 1
)

select
    h.printed_figure_id,
    h.fiscal_year,
    h.place,
    h.row_label,
    h.column_label,
    h.printed,
    h.value,
    h.places,
    h.view_name,
    h.row_key,
    h.column_name,
    h.kind,
    h.computed,
    h.exact_value,
    h.words,
    m.program_name,
    h.has_cell as has_counterpart,
    case
        when not h.has_cell then 'no_counterpart'
        when h.is_words and h.is_blank and h.words is null then 'equal'
        when h.is_words and (h.words is null or h.is_blank) then 'no_counterpart'
        when h.is_words and letters(h.printed) = letters(h.words) then 'equal'
        when h.is_words and is_near(h.printed, h.words) then 'misspelt'
        when h.is_words then 'other_words'
        when h.is_blank and h.computed is null then 'equal'
        when h.is_blank then 'left_out'
        when h.value is null then 'unreadable'
        when h.computed is null then 'no_counterpart'
        -- `4,600.242`: one reads it, but its marks contradict each other.
        when
            h.kind in ('rupiah', 'count')
            and regexp_matches(h.printed, '(,[0-9]{3}\.|\.[0-9]{3},)[0-9]{3}([^0-9]|$)')
            and h.value = h.computed
            then 'mixed_marks'
        when h.value = h.computed then 'equal'
        when h.kind = 'rank' then 'other_year'
        when h.value = rounded_to(h.exact_value, h.places) then 'rounded'
        when h.value = cut_to(h.exact_value, h.places) then 'truncated'
        when r.value is not null then 'repeats_realization'
        when
            h.column_name = 'sex_ratio'
            and h.value in (
                rounded_to(ratio_pct(100, h.exact_value), h.places),
                cut_to(ratio_pct(100, h.exact_value), h.places)
            )
            then 'inverted'
        when m.program_name is not null then 'program_misplaced'
        else 'wrong'
    end as verdict,
from held as h
left join realization as r
    on h.column_name = 'achievement_pct'
    and r.fiscal_year = h.fiscal_year
    and r.view_name = h.view_name
    and r.row_key = h.row_key
    and r.value = h.value
left join misplaced as m on m.printed_figure_id = h.printed_figure_id
