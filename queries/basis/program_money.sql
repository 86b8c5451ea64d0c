-- title: Uang program setahun | Money of a program in a year
-- grain: fiscal_year, program_id
-- # Sums of its sub kegiatan, whether or not an agreement names the program.
select
    s.fiscal_year,
    s.stage,
    s.program_id,
    total_amount(s.budget_initial) as budget_initial,
    total_amount(s.budget_revised) as budget_revised,
    total_amount(s.budget) as budget,
    total_amount(s.realization) as realization,
from basis.sub_activity_year as s
group by s.fiscal_year, s.stage, s.program_id
