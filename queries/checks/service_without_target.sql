-- title: Layanan tanpa target | Service without target
-- place: 55
-- check: warning
-- message en: {place}: {stated} was reached without a target, so its coverage prints as missing.
-- message id: {place}: realisasi {stated} tanpa target, sehingga cakupannya tercetak kosong.
-- grain: fiscal_year, finding_key
-- column place: text "Layanan | Service"
-- column stated: percent "Realisasi | Realization"
-- column computed: percent "Target"
select
    s.fiscal_year,
    s.row_key as finding_key,
    'sheet.services' as view_name,
    s.row_key,
    'target' as column_name,
    s.name as place,
    s.realization as stated,
    s.target as computed,
from sheet.services as s
where s.realization > 0 and coalesce(s.target, 0) = 0
