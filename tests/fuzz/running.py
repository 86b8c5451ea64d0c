"""Laws that are held against fresh examples for as long as is asked for."""

import secrets
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import cycle
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings

from lkjip_tui.core.errors import LkjipError

Law = Callable[[], None]

MANY = settings(
    max_examples=2_000,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""For examples of milliseconds."""
AS_FOUND = settings(MANY, max_examples=200, phases=(Phase.explicit, Phase.generate))
"""For those of seconds: to make one smaller takes longer than to find another."""


class _Enough(KeyboardInterrupt):
    """The time is over."""


@dataclass(slots=True)
class Tried:
    """How many examples were tried, in how many seconds, and the first that broke a law."""

    examples: int = 0
    seconds: float = 0.0
    finding: str = ""

    def counting(self, law: Any, until: float) -> Law:  # noqa: ANN401 - of hypothesis
        """Count each example of a law, until the time is over."""
        inner = law.hypothesis.inner_test

        @wraps(inner)
        def counted(*values: object, **named: object) -> None:
            if time.monotonic() > until:
                raise _Enough
            self.examples += 1
            inner(*values, **named)

        law.hypothesis.inner_test = counted
        found: Law = law
        return found


def run(laws: Sequence[Law], seconds: float) -> Tried:
    """Try examples of each law in turn, up to the first finding; each gets its part of the time."""
    tried, began = Tried(), time.monotonic()
    inner = [law.hypothesis.inner_test for law in laws]  # type: ignore[attr-defined]
    share = min(60.0, seconds / len(laws))
    try:
        for law in cycle(laws):
            now = time.monotonic()
            if now - began >= seconds:
                break
            _hold(law, tried, min(now + share, began + seconds))
            if tried.finding:
                break
    finally:
        for law, test in zip(laws, inner, strict=True):
            law.hypothesis.inner_test = test  # type: ignore[attr-defined]
        tried.seconds = time.monotonic() - began
    return tried


def _hold(law: Law, tried: Tried, until: float) -> None:
    inner = law.hypothesis.inner_test  # type: ignore[attr-defined]
    counted = tried.counting(law, until)
    try:
        while True:  # chosen here, a seed is not told at the end as if something had been found
            seed(secrets.randbits(64))(counted)()
    except _Enough:
        law.hypothesis.inner_test = inner  # type: ignore[attr-defined]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        tried.finding = "".join(traceback.format_exception(error))


def must_tell(error: LkjipError, what: str = "") -> None:
    """See that an error says something, and of what."""
    assert error.message
    assert what in error.message
