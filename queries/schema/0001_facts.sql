-- The facts of one office: everything that a report states stands here once.
--
-- Entities have an `<table>_id` out of one sequence that never gives a number twice, so
-- an id in the journal or in a finding always means the same thing. Figures are keyed by
-- their grain. There are no foreign keys, indexes or triggers: they refuse orders of
-- changes that are right, and stand in the way of later migrations; the edit layer and
-- the checks guard the references. `number` is not unique, since renumbering passes
-- through doubles. Whatever a new row does not bring stands null or has its default here,
-- so that a row can be begun with its keys alone and filled cell by cell.

create sequence id start 1000;

-- The file itself: who it is, and which queries its stored views were written from.
create table workbook (
    file_id uuid not null,
    created_at timestamptz not null default current_timestamp,
    queries_hash varchar
);

create table migration (
    number integer primary key,
    name varchar not null,
    applied_at timestamptz not null default current_timestamp
);

-- Entities.

-- One file is one office, hence one row.
create table office (
    office_id integer primary key default 1 check (office_id = 1),
    name varchar not null,
    regency varchar,
    province varchar,
    head_title varchar,
    achievement_scale varchar default 'achievement',
    area_km2 decimal(12, 2),
    village_count integer,
    hamlet_count integer,
    rw_count integer,
    rt_count integer
);

create table objective (
    objective_id integer primary key,
    number integer not null,
    name varchar
);

-- How an indicator is measured is data of the indicator, since offices differ and no
-- regulation fixes one formula. `decimals` null prints a figure as it is stored.
create table indicator (
    indicator_id integer primary key,
    objective_id integer not null,
    number integer not null,
    name varchar,
    unit varchar,
    value_kind varchar not null default 'percent'
        check (value_kind in ('percent', 'index', 'count', 'rank', 'rupiah', 'text')),
    formula varchar not null default 'maximize' check (
        formula in (
            'maximize', 'minimize', 'minimize_inverse', 'minimize_reduction', 'range',
            'ordinal', 'met'
        )
    ),
    cap decimal(9, 2),
    zero_policy varchar not null default 'null' check (zero_policy in ('null', 'met')),
    quarter_rule varchar not null default 'last'
        check (quarter_rule in ('sum', 'last', 'mean')),
    decimals tinyint check (decimals between 0 and 4),
    rounding varchar not null default 'half_up'
        check (rounding in ('half_up', 'truncate')),
    value_scale varchar,
    source varchar
);

create table program (
    program_id integer primary key,
    number integer not null,
    code varchar,
    name varchar
);

create table activity (
    activity_id integer primary key,
    program_id integer not null,
    number integer not null,
    code varchar,
    name varchar
);

create table sub_activity (
    sub_activity_id integer primary key,
    activity_id integer not null,
    number integer not null,
    code varchar,
    name varchar
);

create table service (
    service_id integer primary key,
    service_group varchar,
    number integer not null,
    name varchar
);

-- The report's prose. `number` is text: chapters count in letters and in dotted numbers.
create table section (
    section_id integer primary key,
    fiscal_year integer not null,
    chapter varchar,
    number varchar,
    title varchar,
    body varchar
);

-- A class reaches from its lower bound to the next one; a null bound is open below. A new
-- class begins in the scale that an office uses unless it says otherwise.
create table scale_class (
    scale_class_id integer primary key,
    scale varchar not null default 'achievement',
    label varchar,
    grade varchar,
    lower_bound decimal(12, 4),
    lower_inclusive boolean not null default true,
    score decimal(9, 2),
    color varchar
);

-- Figures. A row says "it is in this plan, this year"; a null figure says "not known yet".

-- `stage` is the one in force, chosen for the whole year: choosing it a row would revive
-- what the revision dropped.
create table report_year (
    fiscal_year integer primary key,
    stage varchar not null default 'initial' check (stage in ('initial', 'revised')),
    strategic_start_year integer,
    strategic_end_year integer,
    head_name varchar,
    head_rank varchar,
    head_nip varchar
);

-- Quarter 0 is the year; quarters hold their own figure, not a running sum.
create table indicator_target (
    indicator_id integer,
    fiscal_year integer,
    plan varchar check (plan in ('annual_plan', 'initial', 'revised', 'strategic')),
    quarter tinyint check (quarter between 0 and 4),
    value decimal(18, 4),
    upper_value decimal(18, 4),
    label varchar,
    primary key (indicator_id, fiscal_year, plan, quarter)
);

create table indicator_result (
    indicator_id integer,
    fiscal_year integer,
    quarter tinyint check (quarter between 0 and 4),
    value decimal(18, 4),
    label varchar,
    primary key (indicator_id, fiscal_year, quarter)
);

create table indicator_analysis (
    indicator_id integer,
    fiscal_year integer,
    national_value decimal(18, 4),
    support varchar,
    obstacle varchar,
    follow_up varchar,
    primary key (indicator_id, fiscal_year)
);

-- `indicator_id` is the outcome that the program serves in that year.
create table program_budget (
    program_id integer,
    fiscal_year integer,
    stage varchar check (stage in ('initial', 'revised')),
    amount bigint,
    note varchar,
    indicator_id integer,
    primary key (program_id, fiscal_year, stage)
);

create table sub_activity_budget (
    sub_activity_id integer,
    fiscal_year integer,
    stage varchar check (stage in ('initial', 'revised')),
    amount bigint,
    primary key (sub_activity_id, fiscal_year, stage)
);

create table sub_activity_realization (
    sub_activity_id integer,
    fiscal_year integer,
    quarter tinyint check (quarter between 0 and 4),
    amount bigint,
    primary key (sub_activity_id, fiscal_year, quarter)
);

create table service_result (
    service_id integer,
    fiscal_year integer,
    target decimal(9, 2),
    realization decimal(9, 2),
    primary key (service_id, fiscal_year)
);

create table population (
    fiscal_year integer primary key,
    male bigint,
    female bigint
);

-- What a published report printed, word for word, and the cell it is held against.
-- `value` and `places` are how the one reader reads it; null is unreadable.
create table printed_figure (
    printed_figure_id integer primary key,
    fiscal_year integer not null,
    place varchar,
    row_label varchar,
    column_label varchar,
    printed varchar,
    value decimal(18, 4),
    places tinyint,
    view_name varchar,
    row_key varchar,
    column_name varchar
);

-- A finding that the office lets stand; it opens again when what was `stated` changes.
create table accepted_finding (
    check_name varchar,
    fiscal_year integer,
    finding_key varchar,
    reason varchar,
    stated varchar,
    primary key (check_name, fiscal_year, finding_key)
);

create table check_setting (
    check_name varchar primary key,
    enabled boolean not null default true
);

-- One row a changed value, and one a row made or removed (`before` or `after` is then the
-- row as JSON); `act_id` joins what one act changed. The edit layer numbers the rows, so
-- that the last number tells whether a commit was lost.
create table journal (
    journal_id bigint primary key,
    act_id bigint not null,
    changed_at timestamptz not null,
    changed_by varchar,
    label varchar,
    table_name varchar not null,
    fact_key varchar not null,
    action varchar not null check (action in ('insert', 'update', 'delete')),
    column_name varchar,
    before varchar,
    after varchar,
    undo_of bigint
);
