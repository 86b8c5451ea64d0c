-- title: Program perjanjian kinerja | Programs of the agreement
-- grain: fiscal_year, program_id
-- # The programs of the agreement in force with the money of their sub kegiatan: null where
-- # there are none, never quietly the amount that was agreed.
with spent as (
    select
        s.fiscal_year,
        s.program_id,
        cast(sum(s.budget) as bigint) as budget,
        cast(sum(s.realization) as bigint) as realization,
    from basis.sub_activity_year as s
    group by s.fiscal_year, s.program_id
)

select
    y.fiscal_year,
    y.stage,
    b.program_id,
    b.indicator_id,
    p.number as program_number,
    p.name as program_name,
    b.amount as agreed_amount,
    b.note,
    t.program_id is not null as has_sub_activities,
    t.budget,
    t.realization,
    ratio_pct(t.realization, t.budget) as absorption_pct_exact,
    printed_pct(ratio_pct(t.realization, t.budget), 'half_up') as absorption_pct,
from report_year as y
inner join program_budget as b on b.fiscal_year = y.fiscal_year and b.stage = y.stage
inner join program as p on p.program_id = b.program_id
left join spent as t on t.fiscal_year = b.fiscal_year and t.program_id = b.program_id
