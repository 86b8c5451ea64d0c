-- title: Program perjanjian kinerja | Programs of the agreement
-- grain: fiscal_year, program_id
-- # The programs of the agreement in force with the money of their sub kegiatan: null where
-- # there are none, never quietly the amount that was agreed.
select
    y.fiscal_year,
    y.stage,
    b.program_id,
    b.indicator_id,
    p.number as program_number,
    p.name as program_name,
    b.amount as agreed_amount,
    b.note,
    m.program_id is not null as has_sub_activities,
    m.budget,
    m.realization,
    ratio_pct(m.realization, m.budget) as absorption_pct_exact,
    printed_ratio_pct(m.realization, m.budget) as absorption_pct,
from report_year as y
inner join program_budget as b on b.fiscal_year = y.fiscal_year and b.stage = y.stage
inner join program as p on p.program_id = b.program_id
left join basis.program_money as m
    on m.fiscal_year = b.fiscal_year and m.program_id = b.program_id
