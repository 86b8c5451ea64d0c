"""An office of 300 programs, 10,000 sub kegiatan and five years, to be typed in."""

from pathlib import Path
from typing import Final

from lkjip_tui.core.workspace import Workspace
from tests.core.support import inside, rows_of

YEAR: Final = 2021
_ACTIVITY: Final = 2

_FACTS: Final = f"""
delete from report_year;
insert into report_year (fiscal_year, stage, strategic_start_year, strategic_end_year)
select y, 'revised', {YEAR - 4}, {YEAR} from range({YEAR - 4}, {YEAR + 1}) as t(y);
insert into objective (objective_id, number, name)
select 2000 + i, i, 'Sasaran ke-' || i from range(1, 101) as t(i);
insert into indicator (indicator_id, objective_id, number, name, unit, formula)
select 3000 + i, 2001 + (i - 1) // 3, 1 + (i - 1) % 3, 'Persentase capaian ke-' || i, '%',
    case i % 3 when 0 then 'minimize' else 'maximize' end
from range(1, 301) as t(i);
insert into program (program_id, number, name)
select 10000 + i, i, 'Program urusan ke-' || i from range(1, 301) as t(i);
insert into activity (activity_id, program_id, number, name)
select 20000 + i, 10001 + (i - 1) // 4, 1 + (i - 1) % 4, 'Kegiatan urusan ke-' || i
from range(1, 1201) as t(i);
insert into sub_activity (sub_activity_id, activity_id, number, name)
select 30000 + i, 20001 + (i - 1) % 1200, 1 + (i - 1) // 1200, 'Sub kegiatan urusan ke-' || i
from range(1, 10001) as t(i);
insert into sub_activity_budget (sub_activity_id, fiscal_year, stage, amount)
select s.sub_activity_id, y.fiscal_year, g.stage,
    1000000 * (1 + hash(s.sub_activity_id, y.fiscal_year) % 2000)
from sub_activity as s, report_year as y, (values ('initial'), ('revised')) as g(stage);
insert into sub_activity_realization (sub_activity_id, fiscal_year, quarter, amount)
select b.sub_activity_id, b.fiscal_year, q.quarter, b.amount * 9 // 40
from sub_activity_budget as b, range(1, 5) as q(quarter)
where b.stage = 'revised' and (b.sub_activity_id - 30001) % 1200 >= 900;
insert into sub_activity_realization (sub_activity_id, fiscal_year, quarter, amount)
select b.sub_activity_id, b.fiscal_year, 0, b.amount * 19 // 20
from sub_activity_budget as b
where b.stage = 'revised' and (b.sub_activity_id - 30001) % 1200 < 900;
insert into program_budget (program_id, fiscal_year, stage, amount, indicator_id)
select a.program_id, b.fiscal_year, b.stage, sum(b.amount), a.program_id - 7000
from sub_activity_budget as b
join sub_activity as s using (sub_activity_id) join activity as a using (activity_id)
group by all;
insert into indicator_target (indicator_id, fiscal_year, plan, quarter, value)
select i.indicator_id, y.fiscal_year, p.plan, 0, 80 + i.indicator_id % 20
from indicator as i, report_year as y,
    (values ('annual_plan'), ('initial'), ('revised'), ('strategic')) as p(plan);
insert into indicator_result (indicator_id, fiscal_year, quarter, value)
select i.indicator_id, y.fiscal_year, 0, 75 + (i.indicator_id + y.fiscal_year) % 20
from indicator as i, report_year as y;
insert into printed_figure (printed_figure_id, fiscal_year, place, row_label, column_label, printed,
    value, places, view_name, row_key, column_name)
select 50000 + row_number() over (), v.fiscal_year, 'Ringkasan', v.name, 'Anggaran',
    cast(v.budget as varchar), v.budget, 0, 'report.budget_summary', v.row_key, 'budget'
from report.budget_summary as v where v.fiscal_year = {YEAR} order by v.row_key limit 1000;
select max(nextval('id')) from range(60000);
"""


def make(path: Path) -> None:
    """Make the file; every figure in it follows from its place, so that all files are alike."""
    with Workspace.create(path, "Dinas Pekerjaan Umum", YEAR) as workspace:
        with inside(workspace).database.transaction() as transaction:
            transaction.run(_FACTS)
        workspace.checkpoint()


def above(number: int) -> int:
    """Return the realization above every budget that is typed as the so many-th."""
    return 3_000_000_000 + number


def sums_of(file: Path, runs: int) -> list[int]:
    """Return what the kegiatan of each sub kegiatan that is typed comes to, in their order."""
    with Workspace.open(file) as workspace:
        rows = rows_of(workspace, "activities", YEAR)
    sums = {row["activity_id"]: row["realization"] for row in rows if row["level"] == _ACTIVITY}
    leaves = [row for row in rows if row["level"] > _ACTIVITY][:runs]
    found = []
    for number, leaf in enumerate(leaves, 1):
        sums[leaf["activity_id"]] += above(number) - leaf["realization"]
        found.append(sums[leaf["activity_id"]])
    return found
