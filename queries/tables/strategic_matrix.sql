-- title: Matriks Renstra
-- place: 170
-- caption: Matriks Renstra {office} Tahun {strategic_start_year} – {strategic_end_year}
-- note: Lima tahun terakhir Renstra; capaian adalah capaian tahun {fiscal_year} terhadap target Renstra tahun itu.
-- grain: fiscal_year, row_key
-- order: objective_number, objective_id, indicator_number, indicator_id
-- column objective_name: text "Sasaran" once
-- column indicator_name: text "Indikator"
-- column unit: text "Satuan"
-- column target_1: by value_kind "{strategic_end_year-4}" group "Target" with target_1_label scale rank_scale
-- column target_2: by value_kind "{strategic_end_year-3}" group "Target" with target_2_label scale rank_scale
-- column target_3: by value_kind "{strategic_end_year-2}" group "Target" with target_3_label scale rank_scale
-- column target_4: by value_kind "{strategic_end_year-1}" group "Target" with target_4_label scale rank_scale
-- column target_5: by value_kind "{strategic_end_year}" group "Target" with target_5_label scale rank_scale
-- column realization_1: by value_kind "{strategic_end_year-4}" group "Realisasi" with realization_1_label scale rank_scale
-- column realization_2: by value_kind "{strategic_end_year-3}" group "Realisasi" with realization_2_label scale rank_scale
-- column realization_3: by value_kind "{strategic_end_year-2}" group "Realisasi" with realization_3_label scale rank_scale
-- column realization_4: by value_kind "{strategic_end_year-1}" group "Realisasi" with realization_4_label scale rank_scale
-- column realization_5: by value_kind "{strategic_end_year}" group "Realisasi" with realization_5_label scale rank_scale
-- column achievement_pct: percent "Capaian"
-- column achievement_pct_exact: percent "Capaian tanpa pembulatan" hidden
-- column target_1_label: text "Kata target {strategic_end_year-4}" hidden
-- column target_2_label: text "Kata target {strategic_end_year-3}" hidden
-- column target_3_label: text "Kata target {strategic_end_year-2}" hidden
-- column target_4_label: text "Kata target {strategic_end_year-1}" hidden
-- column target_5_label: text "Kata target {strategic_end_year}" hidden
-- column realization_1_label: text "Kata realisasi {strategic_end_year-4}" hidden
-- column realization_2_label: text "Kata realisasi {strategic_end_year-3}" hidden
-- column realization_3_label: text "Kata realisasi {strategic_end_year-2}" hidden
-- column realization_4_label: text "Kata realisasi {strategic_end_year-1}" hidden
-- column realization_5_label: text "Kata realisasi {strategic_end_year}" hidden
-- edit objective_name: objective.name (objective_id)
-- edit indicator_name: indicator.name (indicator_id)
-- edit unit: indicator.unit (indicator_id)
-- edit target_1: indicator_target.value (indicator_id, fiscal_year = year_1, plan = 'strategic', quarter = 0)
-- edit target_1_label: indicator_target.label (indicator_id, fiscal_year = year_1, plan = 'strategic', quarter = 0)
-- edit target_2: indicator_target.value (indicator_id, fiscal_year = year_2, plan = 'strategic', quarter = 0)
-- edit target_2_label: indicator_target.label (indicator_id, fiscal_year = year_2, plan = 'strategic', quarter = 0)
-- edit target_3: indicator_target.value (indicator_id, fiscal_year = year_3, plan = 'strategic', quarter = 0)
-- edit target_3_label: indicator_target.label (indicator_id, fiscal_year = year_3, plan = 'strategic', quarter = 0)
-- edit target_4: indicator_target.value (indicator_id, fiscal_year = year_4, plan = 'strategic', quarter = 0)
-- edit target_4_label: indicator_target.label (indicator_id, fiscal_year = year_4, plan = 'strategic', quarter = 0)
-- edit target_5: indicator_target.value (indicator_id, fiscal_year = year_5, plan = 'strategic', quarter = 0)
-- edit target_5_label: indicator_target.label (indicator_id, fiscal_year = year_5, plan = 'strategic', quarter = 0)
-- edit realization_1: indicator_result.value (indicator_id, fiscal_year = year_1, quarter = 0)
-- edit realization_1_label: indicator_result.label (indicator_id, fiscal_year = year_1, quarter = 0)
-- edit realization_2: indicator_result.value (indicator_id, fiscal_year = year_2, quarter = 0)
-- edit realization_2_label: indicator_result.label (indicator_id, fiscal_year = year_2, quarter = 0)
-- edit realization_3: indicator_result.value (indicator_id, fiscal_year = year_3, quarter = 0)
-- edit realization_3_label: indicator_result.label (indicator_id, fiscal_year = year_3, quarter = 0)
-- edit realization_4: indicator_result.value (indicator_id, fiscal_year = year_4, quarter = 0)
-- edit realization_4_label: indicator_result.label (indicator_id, fiscal_year = year_4, quarter = 0)
-- edit realization_5: indicator_result.value (indicator_id, fiscal_year = year_5, quarter = 0)
-- edit realization_5_label: indicator_result.label (indicator_id, fiscal_year = year_5, quarter = 0)
-- from achievement_pct: sheet.indicators.realization (indicator_id) "{achievement_formula}"
-- from achievement_pct: sheet.indicators.target_strategic (indicator_id)
with listed as (
    select
        y.fiscal_year,
        y.strategic_end_year,
        t.indicator_id,
    from report_year as y
    inner join indicator_target as t
        on t.fiscal_year between y.strategic_start_year and y.strategic_end_year
    where t.plan = 'strategic' and t.quarter = 0
    group by y.fiscal_year, y.strategic_end_year, t.indicator_id
),

planned as (
    select
        l.fiscal_year,
        l.indicator_id,
        max(t.value) filter (where t.fiscal_year = l.strategic_end_year - 4) as target_1,
        max(t.label) filter (where t.fiscal_year = l.strategic_end_year - 4) as target_1_label,
        max(t.value) filter (where t.fiscal_year = l.strategic_end_year - 3) as target_2,
        max(t.label) filter (where t.fiscal_year = l.strategic_end_year - 3) as target_2_label,
        max(t.value) filter (where t.fiscal_year = l.strategic_end_year - 2) as target_3,
        max(t.label) filter (where t.fiscal_year = l.strategic_end_year - 2) as target_3_label,
        max(t.value) filter (where t.fiscal_year = l.strategic_end_year - 1) as target_4,
        max(t.label) filter (where t.fiscal_year = l.strategic_end_year - 1) as target_4_label,
        max(t.value) filter (where t.fiscal_year = l.strategic_end_year - 0) as target_5,
        max(t.label) filter (where t.fiscal_year = l.strategic_end_year - 0) as target_5_label,
    from listed as l
    inner join basis.indicator_target_year as t
        on t.indicator_id = l.indicator_id and t.plan = 'strategic'
    group by l.fiscal_year, l.indicator_id
),

resulted as (
    select
        l.fiscal_year,
        l.indicator_id,
        max(r.value) filter (where r.fiscal_year = l.strategic_end_year - 4) as realization_1,
        max(r.label) filter (where r.fiscal_year = l.strategic_end_year - 4) as realization_1_label,
        max(r.value) filter (where r.fiscal_year = l.strategic_end_year - 3) as realization_2,
        max(r.label) filter (where r.fiscal_year = l.strategic_end_year - 3) as realization_2_label,
        max(r.value) filter (where r.fiscal_year = l.strategic_end_year - 2) as realization_3,
        max(r.label) filter (where r.fiscal_year = l.strategic_end_year - 2) as realization_3_label,
        max(r.value) filter (where r.fiscal_year = l.strategic_end_year - 1) as realization_4,
        max(r.label) filter (where r.fiscal_year = l.strategic_end_year - 1) as realization_4_label,
        max(r.value) filter (where r.fiscal_year = l.strategic_end_year - 0) as realization_5,
        max(r.label) filter (where r.fiscal_year = l.strategic_end_year - 0) as realization_5_label,
    from listed as l
    inner join basis.indicator_result_year as r on r.indicator_id = l.indicator_id
    group by l.fiscal_year, l.indicator_id
)

select
    l.fiscal_year,
    'indicator/' || l.indicator_id as row_key,
    l.strategic_end_year - 4 as year_1,
    l.strategic_end_year - 3 as year_2,
    l.strategic_end_year - 2 as year_3,
    l.strategic_end_year - 1 as year_4,
    l.strategic_end_year - 0 as year_5,
    i.objective_id,
    l.indicator_id,
    o.number as objective_number,
    i.number as indicator_number,
    o.name as objective_name,
    i.name as indicator_name,
    i.unit,
    i.value_kind,
    rank_scale(i.formula, i.value_scale) as rank_scale,
    i.decimals,
    p.target_1,
    p.target_1_label,
    p.target_2,
    p.target_2_label,
    p.target_3,
    p.target_3_label,
    p.target_4,
    p.target_4_label,
    p.target_5,
    p.target_5_label,
    r.realization_1,
    r.realization_1_label,
    r.realization_2,
    r.realization_2_label,
    r.realization_3,
    r.realization_3_label,
    r.realization_4,
    r.realization_4_label,
    r.realization_5,
    r.realization_5_label,
    a.achievement_pct,
    a.achievement_pct_exact,
    a.achievement_formula,
from listed as l
inner join indicator as i on i.indicator_id = l.indicator_id
inner join objective as o on o.objective_id = i.objective_id
left join planned as p
    on p.fiscal_year = l.fiscal_year and p.indicator_id = l.indicator_id
left join resulted as r
    on r.fiscal_year = l.fiscal_year and r.indicator_id = l.indicator_id
left join basis.plan_achievement as a
    on a.fiscal_year = l.fiscal_year
    and a.indicator_id = l.indicator_id
    and a.plan = 'strategic'
