-- title: Indikator | Indicators
-- place: 20
-- # Objectives stand at level 1, so that the first indicator of one has a row to begin from.
-- grain: fiscal_year, row_key
-- order: objective_number, objective_id, level, number, indicator_id
-- tree: level
-- column number: rank "No"
-- column name: text "Sasaran / Indikator | Objective / Indicator"
-- column unit: text "Satuan | Unit"
-- column target_annual: by value_kind "Target RKT | Annual target" with target_annual_label scale rank_scale
-- column target_initial: by value_kind "Target PK | Agreed target" with target_initial_label scale rank_scale
-- column target_revised: by value_kind "Target PK perubahan | Revised target" with target_revised_label scale rank_scale
-- column target_strategic: by value_kind "Target Renstra | Strategic target" with target_strategic_label scale rank_scale
-- column final_target: by value_kind "Target akhir Renstra | Final target" with final_target_label scale rank_scale
-- column realization_2_before: by value_kind "Realisasi {fiscal_year-2} | Result {fiscal_year-2}" with realization_2_before_label scale rank_scale
-- column realization_1_before: by value_kind "Realisasi {fiscal_year-1} | Result {fiscal_year-1}" with realization_1_before_label scale rank_scale
-- column realization: by value_kind "Realisasi {fiscal_year} | Result {fiscal_year}" with realization_label scale rank_scale
-- column achievement_pct: percent "Capaian | Achievement"
-- column achievement_pct_exact: percent "Capaian tanpa pembulatan | Unrounded achievement" hidden
-- column value_kind: choice "Jenis nilai | Kind of value"
-- column formula: choice "Rumus | Formula"
-- column upper_value: by value_kind "Batas atas | Upper bound"
-- column upper_strategic: by value_kind "Batas atas Renstra | Strategic upper bound"
-- column final_upper_value: by value_kind "Batas atas akhir Renstra | Final upper bound"
-- column cap: percent "Batas capaian | Cap"
-- column zero_policy: choice "Target nol | Zero target"
-- column quarter_rule: choice "Dari triwulan | From quarters"
-- column decimals: rank "Desimal | Decimals"
-- column rounding: choice "Pembulatan | Rounding"
-- column value_scale: choice "Skala nilai | Value scale"
-- column source: text "Sumber data | Source"
-- column objective_id: choice "Sasaran | Objective"
-- column target_annual_label: text "Kata target RKT | Words of the annual target" hidden
-- column target_initial_label: text "Kata target PK | Words of the agreed target" hidden
-- column target_revised_label: text "Kata target PK perubahan | Words of the revised target" hidden
-- column target_strategic_label: text "Kata target Renstra | Words of the strategic target" hidden
-- column final_target_label: text "Kata target akhir Renstra | Words of the final target" hidden
-- column realization_2_before_label: text "Kata realisasi {fiscal_year-2} | Words of the result {fiscal_year-2}" hidden
-- column realization_1_before_label: text "Kata realisasi {fiscal_year-1} | Words of the result {fiscal_year-1}" hidden
-- column realization_label: text "Kata realisasi {fiscal_year} | Words of the result {fiscal_year}" hidden
-- edit number: indicator.number (indicator_id)
-- edit number: objective.number (objective_id)
-- edit name: indicator.name (indicator_id)
-- edit name: objective.name (objective_id)
-- edit unit: indicator.unit (indicator_id)
-- edit target_annual: indicator_target.value (indicator_id, fiscal_year, plan = 'annual_plan', quarter = 0)
-- edit target_initial: indicator_target.value (indicator_id, fiscal_year, plan = 'initial', quarter = 0)
-- edit target_revised: indicator_target.value (indicator_id, fiscal_year, plan = 'revised', quarter = 0)
-- edit target_strategic: indicator_target.value (indicator_id, fiscal_year, plan = 'strategic', quarter = 0)
-- edit final_target: indicator_target.value (indicator_id, fiscal_year = strategic_end_year, plan = 'strategic', quarter = 0)
-- edit realization_2_before: indicator_result.value (indicator_id, fiscal_year = year_2_before, quarter = 0)
-- edit realization_1_before: indicator_result.value (indicator_id, fiscal_year = year_1_before, quarter = 0)
-- edit realization: indicator_result.value (indicator_id, fiscal_year, quarter = 0)
-- edit value_kind: indicator.value_kind (indicator_id)
-- edit formula: indicator.formula (indicator_id)
-- edit upper_value: indicator_target.upper_value (indicator_id, fiscal_year, plan, quarter = 0)
-- edit upper_strategic: indicator_target.upper_value (indicator_id, fiscal_year, plan = 'strategic', quarter = 0)
-- edit final_upper_value: indicator_target.upper_value (indicator_id, fiscal_year = strategic_end_year, plan = 'strategic', quarter = 0)
-- edit cap: indicator.cap (indicator_id)
-- edit zero_policy: indicator.zero_policy (indicator_id)
-- edit quarter_rule: indicator.quarter_rule (indicator_id)
-- edit decimals: indicator.decimals (indicator_id)
-- edit rounding: indicator.rounding (indicator_id)
-- edit value_scale: indicator.value_scale (indicator_id)
-- edit source: indicator.source (indicator_id)
-- edit objective_id: indicator.objective_id (indicator_id)
-- edit target_annual_label: indicator_target.label (indicator_id, fiscal_year, plan = 'annual_plan', quarter = 0)
-- edit target_initial_label: indicator_target.label (indicator_id, fiscal_year, plan = 'initial', quarter = 0)
-- edit target_revised_label: indicator_target.label (indicator_id, fiscal_year, plan = 'revised', quarter = 0)
-- edit target_strategic_label: indicator_target.label (indicator_id, fiscal_year, plan = 'strategic', quarter = 0)
-- edit final_target_label: indicator_target.label (indicator_id, fiscal_year = strategic_end_year, plan = 'strategic', quarter = 0)
-- edit realization_2_before_label: indicator_result.label (indicator_id, fiscal_year = year_2_before, quarter = 0)
-- edit realization_1_before_label: indicator_result.label (indicator_id, fiscal_year = year_1_before, quarter = 0)
-- edit realization_label: indicator_result.label (indicator_id, fiscal_year, quarter = 0)
-- choice value_kind: percent "persen | percent", index "indeks | index", count "jumlah | count", rank "bilangan | whole number", rupiah "rupiah | rupiah", text "kata | words"
-- choice formula: maximize "makin besar makin baik: R ÷ T | more is better: R ÷ T"
-- choice formula: minimize "makin kecil makin baik: (2T − R) ÷ T | less is better: (2T − R) ÷ T"
-- choice formula: minimize_inverse "makin kecil makin baik: T ÷ R | less is better: T ÷ R"
-- choice formula: minimize_reduction "penurunan: (T − R) ÷ T | the cut itself: (T − R) ÷ T"
-- choice formula: range "dalam rentang: 100 di dalam, di luar terhadap batas terdekat | within a range: 100 inside, outside by the nearest bound"
-- choice formula: ordinal "peringkat pada skala: skor R ÷ skor T | rank on a scale: score of R ÷ score of T"
-- choice formula: met "terpenuhi atau tidak: 100 atau 0 | met or not: 100 or 0"
-- choice zero_policy: null "tanpa capaian | no achievement", met "100 bila terpenuhi, selain itu 0 | 100 when met, else 0"
-- choice quarter_rule: last "triwulan terakhir yang terisi | the last filled quarter"
-- choice quarter_rule: sum "jumlah triwulan: ΣR ÷ ΣT | the quarters' sum: ΣR ÷ ΣT"
-- choice quarter_rule: mean "rata-rata triwulan yang terisi | mean of the filled quarters"
-- choice rounding: half_up "setengah ke atas: 0,125 jadi 0,13 | half up: 0,125 is 0,13"
-- choice rounding: truncate "dipotong: 0,129 jadi 0,12 | truncated: 0,129 is 0,12"
-- choice value_scale: select distinct c.scale as id, c.scale as label from scale_class as c order by c.scale
-- choice objective_id: select o.objective_id as id, o.number || ' ' || o.name as label from objective as o order by o.number, o.objective_id
-- from achievement_pct: sheet.indicators.realization (indicator_id) "{achievement_formula}"
-- from achievement_pct: sheet.indicators.target_annual (indicator_id = annual_plan_indicator_id)
-- from achievement_pct: sheet.indicators.target_initial (indicator_id = initial_indicator_id)
-- from achievement_pct: sheet.indicators.target_revised (indicator_id = revised_indicator_id)
-- from achievement_pct: sheet.indicators.target_strategic (indicator_id = strategic_indicator_id)
-- from achievement_pct: sheet.indicators.upper_value (indicator_id = range_indicator_id)
-- from objective_id: sheet.objectives.name (objective_id)
-- from realization: sheet.quarters.realization_q1 (indicator_id)
-- from realization: sheet.quarters.realization_q2 (indicator_id)
-- from realization: sheet.quarters.realization_q3 (indicator_id)
-- from realization: sheet.quarters.realization_q4 (indicator_id)
-- row: indicator (objective_id) by number + indicator_target (indicator_id, fiscal_year, plan = stage, quarter = 0)
-- row: objective () by number
with shown as (
    select
        s.fiscal_year,
        1 as level,
        s.objective_id,
        cast(null as integer) as indicator_id,
    from basis.objective_shown as s
    union all
    select
        s.fiscal_year,
        2 as level,
        s.objective_id,
        s.indicator_id,
    from basis.indicator_shown as s
),

planned as (
    select
        t.fiscal_year,
        t.indicator_id,
        max(t.value) filter (where t.plan = 'annual_plan') as target_annual,
        max(t.label) filter (where t.plan = 'annual_plan') as target_annual_label,
        max(t.value) filter (where t.plan = 'initial') as target_initial,
        max(t.label) filter (where t.plan = 'initial') as target_initial_label,
        max(t.value) filter (where t.plan = 'revised') as target_revised,
        max(t.label) filter (where t.plan = 'revised') as target_revised_label,
        max(t.value) filter (where t.plan = 'strategic') as target_strategic,
        max(t.label) filter (where t.plan = 'strategic') as target_strategic_label,
        max(t.upper_value) filter (where t.plan = 'strategic') as upper_strategic,
    from basis.indicator_target_year as t
    group by t.fiscal_year, t.indicator_id
),

-- Results of the year and of the two before it, side by side.
resulted as (
    select
        y.fiscal_year,
        r.indicator_id,
        max(r.value) filter (where r.fiscal_year = y.fiscal_year) as now_value,
        max(r.label) filter (where r.fiscal_year = y.fiscal_year) as now_label,
        max(r.value) filter (where r.fiscal_year = y.fiscal_year - 1) as value_1_before,
        max(r.label) filter (where r.fiscal_year = y.fiscal_year - 1) as label_1_before,
        max(r.value) filter (where r.fiscal_year = y.fiscal_year - 2) as value_2_before,
        max(r.label) filter (where r.fiscal_year = y.fiscal_year - 2) as label_2_before,
    from report_year as y
    inner join basis.indicator_result_year as r
        on r.fiscal_year between y.fiscal_year - 2 and y.fiscal_year
    group by y.fiscal_year, r.indicator_id
)

select
    s.fiscal_year,
    case s.level
        when 1 then 'objective/' || s.objective_id
        else 'indicator/' || s.indicator_id
    end as row_key,
    s.level,
    y.stage,
    coalesce(h.plan, y.stage) as plan,
    y.fiscal_year - 1 as year_1_before,
    y.fiscal_year - 2 as year_2_before,
    y.strategic_end_year,
    o.number as objective_number,
    s.objective_id,
    s.indicator_id,
    case s.level when 1 then o.number else i.number end as number,
    case s.level when 1 then o.name else i.name end as name,
    i.unit,
    p.target_annual,
    p.target_annual_label,
    p.target_initial,
    p.target_initial_label,
    p.target_revised,
    p.target_revised_label,
    p.target_strategic,
    p.target_strategic_label,
    f.value as final_target,
    f.label as final_target_label,
    r.value_2_before as realization_2_before,
    r.label_2_before as realization_2_before_label,
    r.value_1_before as realization_1_before,
    r.label_1_before as realization_1_before_label,
    r.now_value as realization,
    r.now_label as realization_label,
    h.achievement_pct,
    h.achievement_formula,
    h.annual_plan_indicator_id,
    h.initial_indicator_id,
    h.revised_indicator_id,
    h.strategic_indicator_id,
    h.range_indicator_id,
    h.achievement_pct_exact,
    i.value_kind,
    i.formula,
    h.upper_value,
    p.upper_strategic,
    f.upper_value as final_upper_value,
    i.cap,
    i.zero_policy,
    i.quarter_rule,
    i.decimals,
    i.rounding,
    i.value_scale,
    rank_scale(i.formula, i.value_scale) as rank_scale,
    i.source,
from shown as s
inner join report_year as y on y.fiscal_year = s.fiscal_year
left join objective as o on o.objective_id = s.objective_id
left join indicator as i on i.indicator_id = s.indicator_id
left join planned as p
    on p.indicator_id = s.indicator_id and p.fiscal_year = s.fiscal_year
-- The strategic plan's end is stated for a whole year, so its quarters are left aside.
left join indicator_target as f
    on f.indicator_id = s.indicator_id
    and f.fiscal_year = y.strategic_end_year
    and f.plan = 'strategic'
    and f.quarter = 0
left join resulted as r
    on r.indicator_id = s.indicator_id and r.fiscal_year = s.fiscal_year
left join basis.indicator_year as h
    on h.indicator_id = s.indicator_id and h.fiscal_year = s.fiscal_year
