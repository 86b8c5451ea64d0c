-- title: Kelengkapan laporan | What is lacking
-- place: 105
-- # What the year's report needs, in the order of its chapters. Where nothing exists at all, one
-- # thing is expected: a report without programs is not complete.
-- # Enter goes where `goes_to_view`, `goes_to_row` and `goes_to_column` say.
-- grain: fiscal_year, row_key
-- order: place
-- column chapter: text "Bagian | Part" once
-- column name: text "Yang diisi | To be filled"
-- column filled: count "Terisi | Filled"
-- column expected: count "Perlu | Needed"
-- column filled_pct: percent "%"
-- column lacking: text "Pertama kosong | First lacking"
-- column filled_pct_exact: percent "% tanpa pembulatan | Unrounded %" hidden
-- column place: rank "Urutan | Order" hidden
-- from chapter: sheet.completeness.lacking (row_key)
-- from name: sheet.completeness.lacking (row_key)
-- from filled: sheet.completeness.lacking (row_key)
-- from expected: sheet.completeness.lacking (row_key)
-- from filled_pct: sheet.completeness.filled (row_key) "{filled} ÷ {expected} × 100"
-- from filled_pct: sheet.completeness.expected (row_key)
-- from lacking: sheet.office.regency (row_key = regency_key)
-- from lacking: sheet.office.province (row_key = province_key)
-- from lacking: sheet.office.head_title (row_key = head_title_key)
-- from lacking: sheet.report_years.head_name (row_key = head_name_key)
-- from lacking: sheet.report_years.head_rank (row_key = head_rank_key)
-- from lacking: sheet.report_years.head_nip (row_key = head_nip_key)
-- from lacking: sheet.report_years.strategic_start_year (row_key = strategic_start_year_key)
-- from lacking: sheet.report_years.strategic_end_year (row_key = strategic_end_year_key)
-- from lacking: sheet.population.male (row_key = male_key)
-- from lacking: sheet.population.female (row_key = female_key)
-- from lacking: sheet.sections.body (row_key = body_key)
-- from lacking: sheet.indicators.name (row_key = name_key)
-- from lacking: sheet.indicators.unit (row_key = unit_key)
-- from lacking: sheet.indicators.source (row_key = source_key)
-- from lacking: sheet.indicators.target_annual (row_key = target_annual_key)
-- from lacking: sheet.indicators.target_initial (row_key = target_initial_key)
-- from lacking: sheet.indicators.target_revised (row_key = target_revised_key)
-- from lacking: sheet.indicators.target_strategic (row_key = target_strategic_key)
-- from lacking: sheet.indicators.final_target (row_key = final_target_key)
-- from lacking: sheet.indicators.realization (row_key = realization_key)
-- from lacking: sheet.indicators.realization_2_before (row_key = realization_2_before_key)
-- from lacking: sheet.indicators.realization_1_before (row_key = realization_1_before_key)
-- from lacking: report.national_comparison.national_value (row_key = national_value_key)
-- from lacking: report.factor_analysis.support (row_key = support_key)
-- from lacking: report.factor_analysis.obstacle (row_key = obstacle_key)
-- from lacking: report.factor_analysis.follow_up (row_key = follow_up_key)
-- from lacking: sheet.programs.budget_initial (row_key = agreed_initial_key)
-- from lacking: sheet.programs.budget_revised (row_key = agreed_revised_key)
-- from lacking: sheet.programs.indicator_id (row_key = outcome_key)
-- from lacking: sheet.services.target (row_key = service_target_key)
-- from lacking: sheet.services.realization (row_key = service_realization_key)
-- from lacking: sheet.activities.budget_initial (row_key = budget_initial_key)
-- from lacking: sheet.activities.budget_revised (row_key = budget_revised_key)
-- from lacking: sheet.activities.realization (row_key = spent_key)
with cell as (
    select
        l.fiscal_year,
        l.part,
        l.view_name,
        l.column_name,
        l.view_name || '.' || l.column_name as cell,
        count(*) as expected,
        count(*) filter (where l.is_filled) as filled,
        min(l.place) filter (where not l.is_filled) as place,
        arg_min(l.row_key, l.place) filter (where not l.is_filled) as row_key,
        arg_min(coalesce(l.name, 'tanpa nama'), l.place) filter (where not l.is_filled) as name,
    from basis.lacking as l
    group by l.fiscal_year, l.part, l.view_name, l.column_name
),

-- The first row that lacks it, by cell.
counted as (
    select
        c.fiscal_year,
        c.part,
        sum(c.expected) as expected,
        sum(c.filled) as filled,
        arg_min(c.name, c.place) as lacking,
        coalesce(arg_min(c.view_name, c.place), min(c.view_name)) as goes_to_view,
        arg_min(c.row_key, c.place) as goes_to_row,
        arg_min(c.column_name, c.place) as goes_to_column,
        map_from_entries(list((c.cell, c.row_key)) filter (where c.row_key is not null))
            as first_keys,
    from cell as c
    group by c.fiscal_year, c.part
),

part as (
    select
        y.fiscal_year,
        p.place,
        p.part,
        p.chapter,
        p.name,
        cast(coalesce(c.filled, 0) as integer) as filled,
        cast(coalesce(c.expected, 1) as integer) as expected,
        case when c.part is null then 'belum ada' else c.lacking end as lacking,
        c.first_keys,
        -- Where nothing exists yet, Ins makes it there.
        coalesce(c.goes_to_view, p.view_name) as goes_to_view,
        c.goes_to_row,
        c.goes_to_column,
    from report_year as y
    cross join (
        values
            (1, 'profile', 'Bab I', 'Profil instansi', 'sheet.office'),
            (2, 'head', 'Bab I', 'Kepala instansi', 'sheet.report_years'),
            (3, 'population', 'Bab I', 'Penduduk', 'sheet.population'),
            (4, 'text_1', 'Bab I', 'Naskah Bab I', 'sheet.sections'),
            (5, 'strategic_years', 'Bab II', 'Masa Renstra', 'sheet.report_years'),
            (6, 'names', 'Bab II', 'Nama sasaran, indikator', 'sheet.indicators'),
            (7, 'definition', 'Bab II', 'Satuan dan sumber data', 'sheet.indicators'),
            (8, 'target_annual', 'Bab II', 'Target RKT', 'sheet.indicators'),
            (9, 'target_agreed', 'Bab II', 'Target PK', 'sheet.indicators'),
            (10, 'budget_agreed', 'Bab II', 'Anggaran PK', 'sheet.programs'),
            (11, 'text_2', 'Bab II', 'Naskah Bab II', 'sheet.sections'),
            (12, 'result', 'Tabel 3.1', 'Realisasi indikator', 'sheet.indicators'),
            (13, 'target_strategic', 'Tabel 3.2', 'Target Renstra', 'sheet.indicators'),
            (
                14, 'results_before', 'Tabel 3.2', 'Realisasi 2 tahun lalu',
                'sheet.indicators'
            ),
            (
                15, 'final_target', 'Tabel 3.3', 'Target akhir Renstra',
                'sheet.indicators'
            ),
            (16, 'national_value', 'Tabel 3.4', 'Realisasi nasional', 'sheet.indicators'),
            (17, 'analysis', 'Analisis', 'Faktor dan upaya', 'sheet.indicators'),
            (18, 'outcome', 'Tabel 3.5–3.7', 'Indikator dari program', 'sheet.programs'),
            (19, 'services', 'Tabel 3.8', 'Layanan', 'sheet.services'),
            (20, 'budget', 'Tabel 3.9', 'Anggaran sub kegiatan', 'sheet.activities'),
            (21, 'spent', 'Tabel 3.9', 'Realisasi sub kegiatan', 'sheet.activities'),
            (22, 'text_3', 'Bab III', 'Naskah Bab III', 'sheet.sections'),
            (23, 'text_4', 'Bab IV', 'Naskah Bab IV', 'sheet.sections')
    ) as p (place, part, chapter, name, view_name)
    left join counted as c on c.fiscal_year = y.fiscal_year and c.part = p.part
)

select
    p.fiscal_year,
    p.part as row_key,
    p.place,
    p.chapter,
    p.name,
    p.filled,
    p.expected,
    printed_ratio_pct(p.filled, p.expected) as filled_pct,
    ratio_pct(p.filled, p.expected) as filled_pct_exact,
    p.lacking,
    p.goes_to_view,
    p.goes_to_row,
    p.goes_to_column,
    -- Where to go on: a key that is null leads nowhere.
    p.first_keys['sheet.office.regency'] as regency_key,
    p.first_keys['sheet.office.province'] as province_key,
    p.first_keys['sheet.office.head_title'] as head_title_key,
    p.first_keys['sheet.report_years.head_name'] as head_name_key,
    p.first_keys['sheet.report_years.head_rank'] as head_rank_key,
    p.first_keys['sheet.report_years.head_nip'] as head_nip_key,
    p.first_keys['sheet.report_years.strategic_start_year'] as strategic_start_year_key,
    p.first_keys['sheet.report_years.strategic_end_year'] as strategic_end_year_key,
    p.first_keys['sheet.population.male'] as male_key,
    p.first_keys['sheet.population.female'] as female_key,
    p.first_keys['sheet.sections.body'] as body_key,
    p.first_keys['sheet.indicators.name'] as name_key,
    p.first_keys['sheet.indicators.unit'] as unit_key,
    p.first_keys['sheet.indicators.source'] as source_key,
    p.first_keys['sheet.indicators.target_annual'] as target_annual_key,
    p.first_keys['sheet.indicators.target_initial'] as target_initial_key,
    p.first_keys['sheet.indicators.target_revised'] as target_revised_key,
    p.first_keys['sheet.indicators.target_strategic'] as target_strategic_key,
    p.first_keys['sheet.indicators.final_target'] as final_target_key,
    p.first_keys['sheet.indicators.realization'] as realization_key,
    p.first_keys['sheet.indicators.realization_2_before'] as realization_2_before_key,
    p.first_keys['sheet.indicators.realization_1_before'] as realization_1_before_key,
    p.first_keys['report.national_comparison.national_value'] as national_value_key,
    p.first_keys['report.factor_analysis.support'] as support_key,
    p.first_keys['report.factor_analysis.obstacle'] as obstacle_key,
    p.first_keys['report.factor_analysis.follow_up'] as follow_up_key,
    p.first_keys['sheet.programs.budget_initial'] as agreed_initial_key,
    p.first_keys['sheet.programs.budget_revised'] as agreed_revised_key,
    p.first_keys['sheet.programs.indicator_id'] as outcome_key,
    p.first_keys['sheet.services.target'] as service_target_key,
    p.first_keys['sheet.services.realization'] as service_realization_key,
    p.first_keys['sheet.activities.budget_initial'] as budget_initial_key,
    p.first_keys['sheet.activities.budget_revised'] as budget_revised_key,
    p.first_keys['sheet.activities.realization'] as spent_key,
from part as p
