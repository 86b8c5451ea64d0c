-- title: Efisiensi Penggunaan Sumber Daya
-- table: 3.7
-- place: 100
-- caption: Efisiensi Penggunaan Sumber Daya {office} Tahun {fiscal_year}
-- note: Tingkat efisiensi adalah % capaian kinerja dikurangi % penyerapan anggaran.
-- note: Penyerapan adalah jumlah realisasi dibagi jumlah anggaran dari semua program yang mendukung indikator.
-- note: Capaian di bawah 100 % berarti target belum tercapai; penyerapan yang rendah di situ bukan efisiensi.
-- grain: fiscal_year, row_key
-- order: number, objective_id, indicator_number, indicator_id
-- column number: rank "No" once
-- column objective_name: text "Sasaran" once
-- column indicator_name: text "Indikator"
-- column achievement_pct: percent "% Capaian Kinerja"
-- column achievement_pct_exact: percent "% Capaian Kinerja tanpa pembulatan" hidden
-- column absorption_pct: percent "% Penyerapan Anggaran"
-- column absorption_pct_exact: percent "% Penyerapan Anggaran tanpa pembulatan" hidden
-- column efficiency_pct: percent "Tingkat Efisiensi"
-- column efficiency_pct_exact: percent "Tingkat Efisiensi tanpa pembulatan" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- from number: sheet.objectives.number (objective_id) "urutan sasaran"
-- from achievement_pct: sheet.indicators.achievement_pct (indicator_id) "{achievement_formula}"
-- from absorption_pct: report.performance_and_budget.budget_realization (indicator_id) "{absorption_formula}"
-- from absorption_pct: report.performance_and_budget.budget (indicator_id)
-- from efficiency_pct: report.efficiency.achievement_pct (row_key) "{achievement_pct} − {absorption_pct}"
-- from efficiency_pct: report.efficiency.absorption_pct (row_key)
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
    a.achievement_pct,
    a.achievement_pct_exact,
    a.achievement_formula,
    u.absorption_pct,
    u.absorption_pct_exact,
    ratio_text(u.realization, u.budget) as absorption_formula,
    -- Of the printed percents, so that a reader of the row finds the same difference.
    a.achievement_pct - u.absorption_pct as efficiency_pct,
    a.achievement_pct_exact - u.absorption_pct_exact as efficiency_pct_exact,
from basis.outcome as u
inner join indicator as i on i.indicator_id = u.indicator_id
inner join objective as o on o.objective_id = i.objective_id
left join basis.indicator_year as a
    on a.fiscal_year = u.fiscal_year and a.indicator_id = u.indicator_id
