-- title: Program, kegiatan, sub kegiatan | Programs to sub kegiatan
-- grain: fiscal_year, row_key
-- # Subtotals are sums of sub kegiatan. A program or kegiatan with nothing beneath it stands
-- # in every year, so that it can be filled; Jumlah needs something to sum. It is summed apart:
-- # whoever asks for some programs has only those worked out.
with leaf as (
    select
        s.fiscal_year,
        s.stage,
        s.program_id,
        s.activity_id,
        s.sub_activity_id,
        s.sub_activity_number,
        s.sub_activity_code,
        s.sub_activity_name,
        s.budget_initial,
        s.budget_revised,
        s.budget,
        s.realization,
    from basis.sub_activity_year as s
    union all
    select
        y.fiscal_year,
        y.stage,
        p.program_id,
        a.activity_id,
        cast(null as integer) as sub_activity_id,
        cast(null as integer) as sub_activity_number,
        cast(null as varchar) as sub_activity_code,
        cast(null as varchar) as sub_activity_name,
        cast(null as bigint) as budget_initial,
        cast(null as bigint) as budget_revised,
        cast(null as bigint) as budget,
        cast(null as bigint) as realization,
    from report_year as y
    cross join program as p
    left join activity as a on a.program_id = p.program_id
    left join sub_activity as s on s.activity_id = a.activity_id
    where s.sub_activity_id is null
),

summed as (
    select
        l.fiscal_year,
        l.stage,
        2 - grouping(l.activity_id) as level,
        l.program_id,
        l.activity_id,
        count(l.sub_activity_id) as sub_activity_count,
        total_amount(l.budget_initial) as budget_initial,
        total_amount(l.budget_revised) as budget_revised,
        total_amount(l.budget) as budget,
        total_amount(l.realization) as realization,
    from leaf as l
    group by l.fiscal_year, l.stage, l.program_id, rollup (l.activity_id)
    union all
    select
        l.fiscal_year,
        l.stage,
        0 as level,
        cast(null as integer) as program_id,
        cast(null as integer) as activity_id,
        count(l.sub_activity_id) as sub_activity_count,
        total_amount(l.budget_initial) as budget_initial,
        total_amount(l.budget_revised) as budget_revised,
        total_amount(l.budget) as budget,
        total_amount(l.realization) as realization,
    from leaf as l
    group by l.fiscal_year, l.stage
),

line as (
    select
        l.fiscal_year,
        l.stage,
        'sub_activity/' || l.sub_activity_id as row_key,
        3 as level,
        l.program_id,
        l.activity_id,
        l.sub_activity_id,
        l.sub_activity_number,
        l.sub_activity_code,
        l.sub_activity_name,
        1 as sub_activity_count,
        l.budget_initial,
        l.budget_revised,
        l.budget,
        l.realization,
    from leaf as l
    where l.sub_activity_id is not null
    union all
    select
        s.fiscal_year,
        s.stage,
        case s.level
            when 2 then 'activity/' || s.activity_id
            when 1 then 'program/' || s.program_id
            else 'total'
        end as row_key,
        s.level,
        s.program_id,
        s.activity_id,
        cast(null as integer) as sub_activity_id,
        cast(null as integer) as sub_activity_number,
        cast(null as varchar) as sub_activity_code,
        cast(null as varchar) as sub_activity_name,
        s.sub_activity_count,
        s.budget_initial,
        s.budget_revised,
        s.budget,
        s.realization,
    from summed as s
    -- A program without kegiatan rolls up to a kegiatan that is none.
    where s.level < 2 or s.activity_id is not null
)

select
    l.fiscal_year,
    l.row_key,
    l.level,
    l.stage,
    l.program_id,
    l.activity_id,
    l.sub_activity_id,
    p.number as program_number,
    a.number as activity_number,
    l.sub_activity_number,
    -- Programs are numbered in roman numerals, what stands beneath them is not.
    case when l.level = 1 then 'roman' when l.level > 1 then 'rank' end as number_kind,
    case l.level
        when 3 then l.sub_activity_number
        when 2 then a.number
        when 1 then p.number
    end as number,
    case l.level
        when 3 then l.sub_activity_code
        when 2 then a.code
        when 1 then p.code
    end as code,
    case l.level
        when 3 then l.sub_activity_name
        when 2 then a.name
        when 1 then p.name
        else 'Jumlah'
    end as name,
    l.sub_activity_count,
    -- What a row sums, for the cells that show where a figure comes from; a key with a null
    -- leads nowhere. Programs and kegiatan sum sub kegiatan, Jumlah sums programs.
    case when l.level = 0 then 1 end as summed_level,
    case when l.level = 1 then l.program_id end as summed_program_id,
    case when l.level = 2 then l.activity_id end as summed_activity_id,
    -- The row itself, under the stage whose budget counts.
    of_stage(l.stage, l.row_key, null) as initial_row_key,
    of_stage(l.stage, null, l.row_key) as revised_row_key,
    l.budget_initial,
    l.budget_revised,
    l.budget,
    l.realization,
    l.budget - l.realization as difference,
    ratio_pct(l.realization, l.budget) as absorption_pct_exact,
    printed_ratio_pct(l.realization, l.budget) as absorption_pct,
from line as l
left join program as p on p.program_id = l.program_id
left join activity as a on a.activity_id = l.activity_id
