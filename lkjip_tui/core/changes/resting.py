"""Whether an act can be taken back while later ones stay.

Refuses where a later act rests on it, in the words of whoever has to decide what to do then.
"""

from collections.abc import Callable

from lkjip_tui.core.acts import CellChange, Change
from lkjip_tui.core.changes.chronicle import Chronicle
from lkjip_tui.core.changes.wording import Told, Wording
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.language import _


def require_free(chronicle: Chronicle, number: int, wording: Callable[[], Wording]) -> None:
    """Raise EditRefused unless an act stands and no later one rests on it."""
    timeline = chronicle.timeline()
    if not timeline.knows(number):
        raise EditRefused(
            _("Act {number} froze an edition, which is not undone.").format(number=number),
            _("It changed no figure. Its folder may be removed by hand."),
        )
    undone_by = timeline.undone().get(number)
    if undone_by is not None:
        raise EditRefused(
            _("Act {number} is undone already, by act {by}.").format(number=number, by=undone_by)
        )
    if not timeline.is_standing(number):
        raise EditRefused(
            _("Act {number} is an undo or a redo itself.").format(number=number),
            _("Ctrl+Z and Ctrl+Y go along these."),
        )
    later = timeline.standing_since(number)
    deed = chronicle.resting_on(number, later) if later else None
    if deed is not None:
        told = wording().told(deed.act)
        raise EditRefused(
            _("Act {later} rests on act {number}: {label}, {when}, {who}. {change}.").format(
                later=deed.act_id,
                number=number,
                label=_(deed.act.label) if deed.act.label else "",
                when=f"{deed.changed_at.astimezone():%Y-%m-%d %H:%M}",
                who=deed.changed_by,
                change=told,
            ),
            _hint(deed.act.changes[0], told),
        )


def _hint(change: Change, told: Told) -> str:
    if isinstance(change, CellChange):
        return _("The cell holds {now} now. Undo that act first.").format(now=told.after)
    return _("Undo that act first.")
