-- title: Cakupan PATEN
-- table: 3.8
-- place: 110
-- caption: Target dan Realisasi Cakupan Pelayanan Administrasi Terpadu Kecamatan (PATEN) {office} Tahun {fiscal_year}
-- note: Angka bidang dan rata-rata adalah rata-rata biasa dari layanannya; % adalah realisasi dibagi target.
-- grain: fiscal_year, row_key
-- order: sort_group, level, sort_number, service_id
-- tree: level
-- column level: rank "Tingkat" hidden
-- column number: by number_kind "No"
-- column name: text "Uraian"
-- column target_pct: percent "Target (%)"
-- column realization_pct: percent "Realisasi (%)"
-- column coverage_pct: percent "%"
-- column coverage_pct_exact: percent "% tanpa pembulatan" hidden
-- edit name: service.name (service_id)
-- edit target_pct: service_result.target (service_id, fiscal_year)
-- edit realization_pct: service_result.realization (service_id, fiscal_year)
-- from number: sheet.services.number (service_id)
-- from number: sheet.services.service_group (service_group) "urutan bidang"
-- from name: sheet.services.service_group (service_group)
-- from target_pct: sheet.services.target (service_group) "rata-rata layanan"
-- from target_pct: sheet.services.target (fiscal_year = averaged_year) "rata-rata layanan"
-- from realization_pct: sheet.services.realization (service_group) "rata-rata layanan"
-- from realization_pct: sheet.services.realization (fiscal_year = averaged_year) "rata-rata layanan"
-- from coverage_pct: report.service_coverage.realization_pct (row_key) "{realization_pct} ÷ {target_pct} × 100"
-- from coverage_pct: report.service_coverage.target_pct (row_key)
with listed as (
    select
        r.fiscal_year,
        r.service_id,
        s.service_group,
        s.number,
        s.name,
        r.target,
        r.realization,
        min(s.service_id) over (partition by r.fiscal_year, s.service_group) as group_order,
    from service_result as r
    inner join report_year as y on y.fiscal_year = r.fiscal_year
    inner join service as s on s.service_id = r.service_id
),

lettered as (
    select
        l.fiscal_year,
        l.service_id,
        l.service_group,
        l.number,
        l.name,
        l.target,
        l.realization,
        dense_rank() over (
            partition by l.fiscal_year
            order by l.group_order
        ) as sort_group,
    from listed as l
),

line as (
    select
        l.fiscal_year,
        'service/' || l.service_id as row_key,
        2 as level,
        l.sort_group,
        l.number as sort_number,
        l.service_id,
        cast(l.number as varchar) as number,
        l.name,
        cast(l.target as decimal(38, 10)) as target,
        cast(l.realization as decimal(38, 10)) as realization,
    from lettered as l
    union all
    select
        l.fiscal_year,
        'group/' || l.sort_group as row_key,
        1 as level,
        l.sort_group,
        cast(null as integer) as sort_number,
        cast(null as integer) as service_id,
        chr(cast(64 + l.sort_group as integer)) as number,
        l.service_group as name,
        plain_mean(l.target) as target,
        plain_mean(l.realization) as realization,
    from lettered as l
    where l.service_group is not null
    group by l.fiscal_year, l.sort_group, l.service_group
    union all
    select
        l.fiscal_year,
        'total' as row_key,
        0 as level,
        cast(null as bigint) as sort_group,
        cast(null as integer) as sort_number,
        cast(null as integer) as service_id,
        cast(null as varchar) as number,
        'Rata-rata' as name,
        plain_mean(l.target) as target,
        plain_mean(l.realization) as realization,
    from lettered as l
    group by l.fiscal_year
)

select
    l.fiscal_year,
    l.row_key,
    l.level,
    l.sort_group,
    l.sort_number,
    l.service_id,
    -- What a mean is of: the services of a group, or all of the year.
    case when l.level = 1 then l.name end as service_group,
    case when l.level = 0 then l.fiscal_year end as averaged_year,
    case when l.level > 0 then 'text' end as number_kind,
    l.number,
    l.name,
    printed_pct(l.target, 'half_up') as target_pct,
    printed_pct(l.realization, 'half_up') as realization_pct,
    printed_ratio_pct(l.realization, l.target) as coverage_pct,
    ratio_pct(l.realization, l.target) as coverage_pct_exact,
from line as l
