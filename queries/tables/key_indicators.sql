-- title: Indikator Kinerja Utama
-- place: 160
-- caption: Indikator Kinerja Utama {office} Tahun {fiscal_year}
-- note: Indikator Renstra dan Rencana Kerja Tahunan; R adalah realisasi, T adalah target.
-- grain: fiscal_year, row_key
-- order: number, objective_id, indicator_number, indicator_id
-- column number: rank "No" once
-- column objective_name: text "Sasaran Strategis" once
-- column indicator_name: text "Indikator Kinerja Utama"
-- column unit: text "Satuan"
-- column formula_text: text "Formulasi"
-- column source: text "Sumber Data"
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- edit unit: indicator.unit (indicator_id)
-- edit source: indicator.source (indicator_id)
-- from number: sheet.objectives.number (objective_id) "urutan sasaran"
-- from formula_text: sheet.indicators.formula (indicator_id)
-- from formula_text: sheet.indicators.cap (indicator_id)
with main as (
    select distinct
        t.fiscal_year,
        t.indicator_id,
    from indicator_target as t
    where t.quarter = 0 and t.plan in ('strategic', 'annual_plan')
)

select
    m.fiscal_year,
    'indicator/' || m.indicator_id as row_key,
    i.objective_id,
    m.indicator_id,
    i.number as indicator_number,
    dense_rank() over (
        partition by m.fiscal_year
        order by o.number, o.objective_id
    ) as number,
    o.name as objective_name,
    i.name as indicator_name,
    i.unit,
    formula_text(i.formula, i.cap) as formula_text,
    i.source,
from main as m
inner join report_year as y on y.fiscal_year = m.fiscal_year
inner join indicator as i on i.indicator_id = m.indicator_id
inner join objective as o on o.objective_id = i.objective_id
