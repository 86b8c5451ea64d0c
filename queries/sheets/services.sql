-- title: Layanan | Services
-- place: 60
-- grain: fiscal_year, row_key
-- order: group_order, number, service_id
-- column service_group: text "Bidang | Group" once
-- column number: rank "No"
-- column name: text "Uraian | Service"
-- column target: percent "Target (%) | Target (%)"
-- column realization: percent "Realisasi (%) | Realization (%)"
-- column coverage_pct: percent "Cakupan (%) | Coverage (%)"
-- column coverage_pct_exact: percent "Cakupan tanpa pembulatan | Unrounded coverage" hidden
-- edit service_group: service.service_group (service_id)
-- edit number: service.number (service_id)
-- edit name: service.name (service_id)
-- edit target: service_result.target (service_id, fiscal_year)
-- edit realization: service_result.realization (service_id, fiscal_year)
-- from coverage_pct: sheet.services.realization (service_id) "{realization} ÷ {target} × 100"
-- from coverage_pct: sheet.services.target (service_id)
-- row: service (service_group) by number + service_result (service_id, fiscal_year)
-- row: service () by number + service_result (service_id, fiscal_year)
-- # Groups stand in the order in which they were begun; they have no number of their own.
with ranked as (
    select
        s.service_id,
        min(s.service_id) over (partition by s.service_group) as group_order,
    from service as s
)

select
    y.fiscal_year,
    'service/' || s.service_id as row_key,
    s.service_id,
    g.group_order,
    s.service_group,
    s.number,
    s.name,
    r.target,
    r.realization,
    printed_ratio_pct(r.realization, r.target) as coverage_pct,
    ratio_pct(r.realization, r.target) as coverage_pct_exact,
from report_year as y
cross join service as s
inner join ranked as g on g.service_id = s.service_id
left join service_result as r
    on r.service_id = s.service_id and r.fiscal_year = y.fiscal_year
where
    r.service_id is not null
    or not exists (
        select 1
        from service_result as e
        where e.service_id = s.service_id
    )
