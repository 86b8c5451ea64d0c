-- title: Analisis Keberhasilan dan Kegagalan
-- place: 85
-- caption: Analisis Keberhasilan dan Kegagalan Kinerja {office} Tahun {fiscal_year}
-- note: Naik, tetap, dan turun membandingkan realisasi dengan tahun {fiscal_year-1}.
-- grain: fiscal_year, row_key
-- order: objective_number, objective_id, indicator_number, indicator_id
-- column indicator_name: text "Indikator"
-- column achievement_pct: percent "Capaian"
-- column achievement_pct_exact: percent "Capaian tanpa pembulatan" hidden
-- column trend: text "Naik/Turun"
-- column support: long "Faktor Pendukung"
-- column obstacle: long "Faktor Penghambat"
-- column follow_up: long "Upaya"
-- edit indicator_name: indicator.name (indicator_id)
-- edit support: indicator_analysis.support (indicator_id, fiscal_year)
-- edit obstacle: indicator_analysis.obstacle (indicator_id, fiscal_year)
-- edit follow_up: indicator_analysis.follow_up (indicator_id, fiscal_year)
-- from achievement_pct: sheet.indicators.achievement_pct (indicator_id) "{achievement_formula}"
-- from trend: sheet.indicators.realization (indicator_id) "realisasi {fiscal_year} dibanding {fiscal_year-1}"
-- from trend: sheet.indicators.realization_1_before (indicator_id)
select
    i.fiscal_year,
    'indicator/' || i.indicator_id as row_key,
    i.indicator_id,
    i.objective_id,
    i.objective_number,
    i.indicator_number,
    i.indicator_name,
    i.achievement_pct,
    i.achievement_pct_exact,
    i.achievement_formula,
    case
        when i.realization > b.value then 'Naik'
        when i.realization < b.value then 'Turun'
        when i.realization = b.value then 'Tetap'
    end as trend,
    n.support,
    n.obstacle,
    n.follow_up,
from basis.indicator_year as i
left join basis.indicator_result_year as b
    on b.indicator_id = i.indicator_id and b.fiscal_year = i.fiscal_year - 1
left join indicator_analysis as n
    on n.indicator_id = i.indicator_id and n.fiscal_year = i.fiscal_year
where i.plan in (i.stage, 'strategic')
