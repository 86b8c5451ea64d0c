"""Texts in less room than they need, so that what differs in them is still seen; pure."""

from collections.abc import Sequence
from itertools import pairwise

_CUT = "…"


def told_apart(names: Sequence[str], width: int) -> list[str]:
    """Return names that begin alike with a gap where they do, so that `width` shows the rest."""
    shared = dict.fromkeys(names, 0)
    for one, other in pairwise(sorted(shared)):
        common = _shared(one, other)
        shared[one], shared[other] = max(shared[one], common), common
    return [_with_gap(name, shared[name], width) for name in names]


def _with_gap(name: str, at: int, width: int) -> str:
    head = width // 3
    room = width - head - len(_CUT)
    if len(name) <= width or at < width - room // 2:
        return name
    word = name.rfind(" ", 0, at) + 1
    start = min(word if at - word < room // 2 else at, len(name) - room)
    return f"{name[:head].rstrip()}{_CUT}{name[start:].lstrip()}"


def from_difference(now: str, new: str, width: int) -> tuple[str, str]:
    """Return two texts from where they begin to differ, if `width` would not show that."""
    at = _shared(now, new)

    def cut(text: str) -> str:
        is_seen = len(text) <= width or at < width * 2 // 3
        return text if is_seen else _CUT + text[max(at - width // 3, 0) + 1 :]

    return cut(now), cut(new)


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts have in common before they differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def shared_out(needs: Sequence[int], room: int, least: int) -> list[int] | None:
    """Return widths that fill `room` at most: the widest give way, to `least`; None if it fails."""
    for most in range(max(*needs, least), least - 1, -1):
        widths = [min(need, most) for need in needs]
        if sum(widths) <= room:
            return widths
    return None
