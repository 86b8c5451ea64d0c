"""Makes acts out of what a user says of findings and rules; applies none of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, RowMade, RowRemoved
from lkjip_tui.core.checks.findings import Finding
from lkjip_tui.core.errors import EditRefused, InputRefused
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.storage.facts import Facts, encode
from lkjip_tui.language import _, mark

ACCEPT: Final = mark("accept a finding")
REOPEN: Final = mark("open a finding again")
SWITCH: Final = mark("switch a rule")

_ACCEPTED: Final = "accepted_finding"
_SETTING: Final = "check_setting"


def accept(facts: Facts, findings: Iterable[Finding], reason: str) -> Act:
    """Return the act that lets findings stand, for the values that they state now.

    Raises InputRefused without a reason, EditRefused without a finding.
    """
    if not reason.strip():
        raise InputRefused(_("A finding is accepted with a reason."), _("Say why it may stand."))
    changes: list[Change] = []
    for finding in findings:
        held = {"reason": reason.strip(), "stated": encode(finding.stated)}
        changes += _put(facts, _ACCEPTED, _key(finding), held)
    return _act(ACCEPT, changes)


def reopen(facts: Facts, findings: Iterable[Finding]) -> Act:
    """Return the act after which findings count again; raises EditRefused when all do."""
    changes = [
        RowRemoved(_ACCEPTED, _key(finding), row)
        for finding in findings
        for row in facts.rows(_ACCEPTED, _key(finding))
    ]
    return _act(REOPEN, changes)


def switch(facts: Facts, check_name: str, *, on: bool) -> Act:
    """Return the act that switches a rule on or off; raises EditRefused when it is so already."""
    return _act(SWITCH, _put(facts, _SETTING, (("check_name", check_name),), {"enabled": on}))


def _act(label: str, changes: Iterable[Change]) -> Act:
    act = Act(label, tuple(changes))
    if not act.changes:
        raise EditRefused(_("It is so already."), _("Nothing was changed."))
    return act


def _key(finding: Finding) -> FactKey:
    return (
        ("check_name", finding.check_name),
        ("fiscal_year", finding.fiscal_year),
        ("finding_key", finding.finding_key),
    )


def _put(facts: Facts, table: str, key: FactKey, held: Mapping[str, Value]) -> Iterator[Change]:
    """Yield what makes the row of this key hold these values."""
    before = {column: facts.stored(table, key, column) for column in held}
    if not any(exists for exists, _value in before.values()):
        yield RowMade(table, key, key)
    for column, value in held.items():
        if before[column][1] != value:
            yield CellChange(table, key, column, before[column][1], value)
