-- title: Alokasi per Sasaran
-- table: 3.5
-- place: 80
-- caption: Alokasi Anggaran per Sasaran {office} Tahun {fiscal_year}
-- note: Anggaran adalah jumlah sub kegiatan dari program yang mendukung indikator; % anggaran adalah bagiannya dari seluruh anggaran.
-- grain: fiscal_year, row_key
-- order: number, objective_id, indicator_number, indicator_id
-- column number: rank "No" once
-- column objective_name: text "Sasaran Strategis" once
-- column indicator_name: text "Indikator Kinerja"
-- column budget: rupiah "Anggaran"
-- column share_pct: percent "% Anggaran"
-- column share_pct_exact: percent "% anggaran tanpa pembulatan" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- from number: sheet.objectives.number (objective_id) "urutan sasaran"
-- from budget: report.performance_and_budget.budget (indicator_id) "jumlah program"
-- from share_pct: report.objective_allocation.budget (row_key) "{share_formula}"
-- from share_pct: report.budget_summary.budget (level = 0)
with whole as (
    select
        m.fiscal_year,
        total_amount(m.budget) as budget,
    from basis.program_money as m
    group by m.fiscal_year
)

select
    u.fiscal_year,
    'indicator/' || u.indicator_id as row_key,
    i.objective_id,
    u.indicator_id,
    i.number as indicator_number,
    dense_rank() over (
        partition by u.fiscal_year
        order by o.number, o.objective_id
    ) as number,
    o.name as objective_name,
    i.name as indicator_name,
    u.budget,
    printed_ratio_pct(u.budget, w.budget) as share_pct,
    ratio_pct(u.budget, w.budget) as share_pct_exact,
    ratio_text(u.budget, w.budget) as share_formula,
from basis.outcome as u
inner join indicator as i on i.indicator_id = u.indicator_id
inner join objective as o on o.objective_id = i.objective_id
left join whole as w on w.fiscal_year = u.fiscal_year
