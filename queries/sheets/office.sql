-- title: Profil instansi | Office
-- caption: Profil {office} Tahun {fiscal_year}
-- place: 90
-- grain: fiscal_year, row_key
-- column name: text "Nama instansi | Office"
-- column regency: text "Kabupaten/Kota | Regency"
-- column province: text "Provinsi | Province"
-- column head_title: text "Sebutan kepala | Head's title"
-- column achievement_scale: choice "Skala capaian | Achievement scale"
-- column area_km2: index "Luas (km²) | Area (km²)"
-- column village_count: count "Desa | Villages"
-- column hamlet_count: count "Dusun | Hamlets"
-- column rw_count: count "RW"
-- column rt_count: count "RT"
-- edit name: office.name (office_id)
-- edit regency: office.regency (office_id)
-- edit province: office.province (office_id)
-- edit head_title: office.head_title (office_id)
-- edit achievement_scale: office.achievement_scale (office_id)
-- edit area_km2: office.area_km2 (office_id)
-- edit village_count: office.village_count (office_id)
-- edit hamlet_count: office.hamlet_count (office_id)
-- edit rw_count: office.rw_count (office_id)
-- edit rt_count: office.rt_count (office_id)
-- choice achievement_scale: select distinct c.scale as id, c.scale as label from scale_class as c order by c.scale
select
    y.fiscal_year,
    'office/' || o.office_id as row_key,
    o.office_id,
    o.name,
    o.regency,
    o.province,
    o.head_title,
    o.achievement_scale,
    o.area_km2,
    o.village_count,
    o.hamlet_count,
    o.rw_count,
    o.rt_count,
from report_year as y
-- The schema is named, since this view bears the name of the table.
cross join main.office as o
