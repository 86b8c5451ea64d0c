-- title: Sasaran | Objectives
-- place: 40
-- grain: fiscal_year, row_key
-- order: number, objective_id
-- column number: rank "No"
-- column name: text "Sasaran | Objective"
-- column indicator_count: count "Indikator | Indicators"
-- edit number: objective.number (objective_id)
-- edit name: objective.name (objective_id)
-- from indicator_count: sheet.indicators.name (objective_id, level = 2) "jumlah indikator"
-- row: objective () by number
select
    s.fiscal_year,
    'objective/' || o.objective_id as row_key,
    o.objective_id,
    o.number,
    o.name,
    count(i.indicator_id) as indicator_count,
from basis.objective_shown as s
inner join objective as o on o.objective_id = s.objective_id
left join basis.indicator_shown as i
    on i.fiscal_year = s.fiscal_year and i.objective_id = s.objective_id
group by s.fiscal_year, o.objective_id, o.number, o.name
