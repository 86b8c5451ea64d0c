-- title: Aturan pemeriksaan | Rules
-- place: 140
-- grain: fiscal_year, row_key
-- order: place nulls last, check_name
-- column title: text "Aturan | Rule"
-- column severity: choice "Tingkat | Severity"
-- column enabled: flag "Berlaku | In force"
-- column check_name: text "Nama | Name"
-- column place: rank "Urutan | Order" hidden
-- choice severity: error "Kesalahan | Error", warning "Peringatan | Warning", note "Catatan | Note"
-- edit enabled: check_setting.enabled (check_name)
-- # A rule is in force until it is switched off.
select
    y.fiscal_year,
    'check/' || r.check_name as row_key,
    r.check_name,
    r.title,
    r.severity,
    r.place,
    coalesce(s.enabled, true) as enabled,
from basis.rule as r
cross join report_year as y
left join check_setting as s on s.check_name = r.check_name
