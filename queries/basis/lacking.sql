-- title: Yang perlu diisi | What a report needs
-- grain: fiscal_year, view_name, row_key, column_name
-- # Each cell that a year's report needs, filled or not, with the part of the report that it
-- # counts in, and the numbers by which its sheet orders it. It rests on facts rather than on
-- # the sheets, which compute far more and would be planned anew each time.
with planned as (
    select
        t.fiscal_year,
        t.indicator_id,
        t.plan,
        y.stage,
        y.strategic_end_year,
        t.value,
        t.upper_value,
        coalesce(cast(t.value as varchar), t.label) is not null as is_filled,
    from basis.indicator_target_year as t
    inner join report_year as y on y.fiscal_year = t.fiscal_year
    where t.plan in ('annual_plan', y.stage, 'strategic')
),

-- Whether an indicator reached its target: the agreement's, or else the strategic plan's.
judged as (
    select
        p.fiscal_year,
        p.indicator_id,
        reaches(i.formula, p.value, p.upper_value, r.value) as is_reached,
    from planned as p
    inner join indicator as i on i.indicator_id = p.indicator_id
    left join basis.indicator_result_year as r
        on r.indicator_id = p.indicator_id and r.fiscal_year = p.fiscal_year
    where p.plan in (p.stage, 'strategic')
    qualify
        row_number() over (
            partition by p.fiscal_year, p.indicator_id
            order by p.plan = 'strategic'
        ) = 1
),

-- Cells of indicators, each by the plans that ask for it.
asked as (
    select
        p.fiscal_year,
        p.indicator_id,
        case when p.plan = p.stage then 'target_agreed' else target_column(p.plan) end as part,
        target_column(p.plan) as column_name,
        p.is_filled,
    from planned as p
    union all
    select
        p.fiscal_year,
        p.indicator_id,
        'final_target' as part,
        'final_target' as column_name,
        coalesce(cast(f.value as varchar), f.label) is not null as is_filled,
    from planned as p
    left join basis.indicator_target_year as f
        on f.indicator_id = p.indicator_id
        and f.fiscal_year = p.strategic_end_year
        and f.plan = 'strategic'
    where p.plan = 'strategic'
    union all
    -- Agreement and strategic plan ask for this year's result, the latter for two more.
    select distinct
        p.fiscal_year,
        p.indicator_id,
        case b.years when 0 then 'result' else 'results_before' end as part,
        'realization' || case b.years when 0 then '' else '_' || b.years || '_before' end
            as column_name,
        coalesce(cast(r.value as varchar), r.label) is not null as is_filled,
    from planned as p
    inner join (values (0), (1), (2)) as b (years)
        on p.plan = 'strategic' or (p.plan = p.stage and b.years = 0)
    left join basis.indicator_result_year as r
        on r.indicator_id = p.indicator_id and r.fiscal_year = p.fiscal_year - b.years
    union all
    select distinct
        p.fiscal_year,
        p.indicator_id,
        'definition' as part,
        c.column_name,
        case c.column_name when 'unit' then i.unit else i.source end is not null as is_filled,
    from planned as p
    inner join indicator as i on i.indicator_id = p.indicator_id
    -- Where data come from is printed of the key indicators alone.
    inner join (values ('unit'), ('source')) as c (column_name)
        on c.column_name = 'unit' or p.plan <> p.stage
    union all
    select
        p.fiscal_year,
        p.indicator_id,
        'national_value' as part,
        'national_value' as column_name,
        n.national_value is not null as is_filled,
    from planned as p
    left join indicator_analysis as n
        on n.indicator_id = p.indicator_id and n.fiscal_year = p.fiscal_year
    where p.plan = 'strategic'
    union all
    -- What was reached had support; what was not had an obstacle, and asks for an effort. Of
    -- words, and before there is a result, either will do.
    select
        j.fiscal_year,
        j.indicator_id,
        'analysis' as part,
        c.column_name,
        case
            when c.column_name = 'follow_up' then n.follow_up
            when j.is_reached then n.support
            when not j.is_reached then n.obstacle
            else coalesce(n.support, n.obstacle)
        end is not null as is_filled,
    from judged as j
    inner join (values ('support'), ('obstacle'), ('follow_up')) as c (column_name)
        on coalesce(j.is_reached, true) = (c.column_name = 'support')
    left join indicator_analysis as n
        on n.indicator_id = j.indicator_id and n.fiscal_year = j.fiscal_year
),

-- Passages; one that the next one stands beneath is a heading.
passage as (
    select
        s.fiscal_year,
        s.section_id,
        list_position(['I', 'II', 'III', 'IV'], upper(trim(s.chapter))) as chapter_number,
        coalesce(s.title, s.number) as name,
        s.body is not null as is_filled,
        starts_with(
            lead(s.number) over (
                partition by s.fiscal_year, upper(trim(s.chapter))
                order by s.section_id
            ),
            s.number || '.'
        ) as is_heading,
    from section as s
)

select
    y.fiscal_year,
    c.part,
    c.view_name,
    case c.view_name
        when 'sheet.office' then 'office/' || o.office_id
        else 'report_year/' || y.fiscal_year
    end as row_key,
    c.column_name,
    c.name,
    [c.place] as place,
    case c.column_name
        when 'regency' then o.regency
        when 'province' then o.province
        when 'head_title' then o.head_title
        when 'head_name' then y.head_name
        when 'head_rank' then y.head_rank
        when 'head_nip' then y.head_nip
        when 'strategic_start_year' then cast(y.strategic_start_year as varchar)
        else cast(y.strategic_end_year as varchar)
    end is not null as is_filled,
from report_year as y
cross join office as o
cross join (
    values
        ('profile', 'sheet.office', 'regency', 'Kabupaten/Kota', 1),
        ('profile', 'sheet.office', 'province', 'Provinsi', 2),
        ('profile', 'sheet.office', 'head_title', 'Sebutan kepala', 3),
        ('head', 'sheet.report_years', 'head_name', 'Nama kepala', 4),
        ('head', 'sheet.report_years', 'head_rank', 'Pangkat', 5),
        ('head', 'sheet.report_years', 'head_nip', 'NIP', 6),
        ('strategic_years', 'sheet.report_years', 'strategic_start_year', 'Renstra mulai', 7),
        ('strategic_years', 'sheet.report_years', 'strategic_end_year', 'Renstra sampai', 8)
) as c (part, view_name, column_name, name, place)
union all
select
    y.fiscal_year,
    'population' as part,
    'sheet.population' as view_name,
    'population/' || y.fiscal_year - c.years as row_key,
    c.column_name,
    c.name || ' ' || y.fiscal_year - c.years as name,
    [c.place] as place,
    case c.column_name when 'male' then p.male else p.female end is not null as is_filled,
from report_year as y
cross join (
    values
        (1, 'male', 'Laki-laki', 1),
        (1, 'female', 'Perempuan', 2),
        (0, 'male', 'Laki-laki', 3),
        (0, 'female', 'Perempuan', 4)
) as c (years, column_name, name, place)
left join population as p on p.fiscal_year = y.fiscal_year - c.years
union all
select
    s.fiscal_year,
    'text_' || s.chapter_number as part,
    'sheet.sections' as view_name,
    'section/' || s.section_id as row_key,
    'body' as column_name,
    s.name,
    [s.section_id] as place,
    s.is_filled,
from passage as s
where s.chapter_number is not null and s.is_heading is distinct from true
union all
select
    s.fiscal_year,
    'names' as part,
    'sheet.indicators' as view_name,
    'objective/' || o.objective_id as row_key,
    'name' as column_name,
    o.name,
    [o.number, o.objective_id, 0, 0] as place,
    o.name is not null as is_filled,
from basis.objective_shown as s
inner join objective as o on o.objective_id = s.objective_id
union all
select
    s.fiscal_year,
    'names' as part,
    'sheet.indicators' as view_name,
    'indicator/' || i.indicator_id as row_key,
    'name' as column_name,
    i.name,
    [o.number, o.objective_id, i.number, i.indicator_id] as place,
    i.name is not null as is_filled,
from basis.indicator_shown as s
inner join indicator as i on i.indicator_id = s.indicator_id
inner join objective as o on o.objective_id = i.objective_id
union all
select
    a.fiscal_year,
    a.part,
    case a.part
        when 'national_value' then 'report.national_comparison'
        when 'analysis' then 'report.factor_analysis'
        else 'sheet.indicators'
    end as view_name,
    'indicator/' || a.indicator_id as row_key,
    a.column_name,
    i.name,
    [o.number, o.objective_id, i.number, i.indicator_id] as place,
    a.is_filled,
from asked as a
inner join indicator as i on i.indicator_id = a.indicator_id
inner join objective as o on o.objective_id = i.objective_id
union all
select
    b.fiscal_year,
    c.part,
    'sheet.programs' as view_name,
    'program/' || p.program_id as row_key,
    case c.part when 'outcome' then 'indicator_id' else 'budget_' || b.stage end as column_name,
    p.name,
    [p.number, p.program_id] as place,
    case c.part when 'outcome' then b.indicator_id else b.amount end is not null as is_filled,
from report_year as y
inner join program_budget as b on b.fiscal_year = y.fiscal_year and b.stage = y.stage
inner join program as p on p.program_id = b.program_id
cross join (values ('budget_agreed'), ('outcome')) as c (part)
union all
select
    s.fiscal_year,
    c.part,
    'sheet.activities' as view_name,
    'sub_activity/' || s.sub_activity_id as row_key,
    case c.part when 'budget' then 'budget_' || s.stage else 'realization' end as column_name,
    s.sub_activity_name as name,
    [p.number, p.program_id, a.number, a.activity_id, s.sub_activity_number, s.sub_activity_id]
        as place,
    case c.part when 'budget' then s.budget else s.realization end is not null as is_filled,
from basis.sub_activity_year as s
inner join activity as a on a.activity_id = s.activity_id
inner join program as p on p.program_id = a.program_id
-- Nothing is spent of a budget of nought.
inner join (values ('budget'), ('spent')) as c (part)
    on c.part = 'budget' or s.budget is distinct from 0
union all
select
    y.fiscal_year,
    'services' as part,
    'sheet.services' as view_name,
    'service/' || s.service_id as row_key,
    c.column_name,
    s.name,
    [min(s.service_id) over (partition by s.service_group), s.number, s.service_id] as place,
    case c.column_name when 'target' then r.target else r.realization end is not null
        as is_filled,
from report_year as y
cross join service as s
left join service_result as r
    on r.service_id = s.service_id and r.fiscal_year = y.fiscal_year
cross join (values ('target'), ('realization')) as c (column_name)
where
    r.service_id is not null
    or not exists (
        select 1
        from service_result as e
        where e.service_id = s.service_id
    )
