-- title: Anggaran PK bukan jumlah sub kegiatannya | Agreed budget is not the sum of its sub-activities
-- place: 40
-- check: warning
-- message en: {place}: the agreement ({stage_name}) says {stated}, its sub-activities add up to {computed}.
-- message id: {place}: perjanjian kinerja ({stage_name}) menyebut {stated}, sub kegiatannya berjumlah {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Program"
-- column stage_name: text "Tahap | Stage"
-- column stated: rupiah "Anggaran PK | Agreed budget"
-- column computed: rupiah "Jumlah sub kegiatan | Sum of sub-activities"
with compared as (
    select
        a.fiscal_year,
        a.row_key,
        a.stage_name,
        a.program_name,
        a.budget as stated,
        of_stage(a.stage, m.budget_initial, m.budget_revised) as computed,
    from report.agreement_budget as a
    inner join basis.program_money as m
        on m.fiscal_year = a.fiscal_year and m.program_id = a.program_id
)

select
    c.fiscal_year,
    c.row_key as finding_key,
    'report.agreement_budget' as view_name,
    c.row_key,
    'budget' as column_name,
    c.program_name as place,
    lower(c.stage_name) as stage_name,
    c.stated,
    c.computed,
from compared as c
where c.stated <> c.computed
