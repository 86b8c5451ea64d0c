-- title: Tahun laporan | Report year
-- caption: Tahun Laporan {office} {fiscal_year}
-- place: 100
-- grain: fiscal_year, row_key
-- column fiscal_year: rank "Tahun | Year"
-- column stage: choice "Tahap yang berlaku | Stage in force"
-- column strategic_start_year: rank "Renstra mulai | Strategic plan from"
-- column strategic_end_year: rank "Renstra sampai | Strategic plan to"
-- column head_name: text "Nama kepala | Head's name"
-- column head_rank: text "Pangkat | Rank"
-- column head_nip: text "NIP | NIP"
-- edit stage: report_year.stage (fiscal_year)
-- edit strategic_start_year: report_year.strategic_start_year (fiscal_year)
-- edit strategic_end_year: report_year.strategic_end_year (fiscal_year)
-- edit head_name: report_year.head_name (fiscal_year)
-- edit head_rank: report_year.head_rank (fiscal_year)
-- edit head_nip: report_year.head_nip (fiscal_year)
-- choice stage: initial "murni | initial", revised "perubahan | revised"
select
    y.fiscal_year,
    'report_year/' || y.fiscal_year as row_key,
    y.stage,
    y.strategic_start_year,
    y.strategic_end_year,
    y.head_name,
    y.head_rank,
    y.head_nip,
from report_year as y
