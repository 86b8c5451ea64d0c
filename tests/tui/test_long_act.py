"""What takes long is told of and stopped, and nothing else with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App

from lkjip_tui.core.errors import Interrupted
from lkjip_tui.tui.long_act import LongAct


@asynccontextmanager
async def one_that_is_stopped() -> AsyncIterator[tuple[LongAct, list[str]]]:
    """Begin an act called "first" and stop it; yield with it whose stop was called."""
    stopped: list[str] = []
    app = App[None]()
    async with app.run_test():
        act = LongAct(app.screen, lambda _told: None)
        with act.telling("first", lambda: stopped.append("first")):
            act.stop()
            yield act, stopped


async def test_what_was_stopped_does_not_stop_the_next() -> None:
    """The act that is asked for right behind the one that Esc ended would end, too."""
    async with one_that_is_stopped() as (act, stopped):
        with act.telling("second", lambda: stopped.append("second")):
            await asyncio.sleep(0.1)
            assert not act.is_stopping
        assert stopped == ["first"]


async def test_what_has_just_begun_is_stopped_again_until_it_ends() -> None:
    """An act that does not hear of it the first time would go on to its end."""
    async with one_that_is_stopped() as (_act, stopped):
        await asyncio.sleep(0.2)
        assert len(stopped) > 1


async def test_what_is_stopped_before_it_begins_does_not_begin() -> None:
    """It would go on for nobody, and keep the processor from what is asked for next."""
    begun: list[str] = []
    app = App[None]()
    async with app.run_test():
        act = LongAct(app.screen, lambda _told: None)
        asked = asyncio.ensure_future(act.ask("first", lambda: begun.append("first")))
        await asyncio.sleep(0)
        act.stop()
        with pytest.raises(Interrupted):
            await asked
        await act.ask("second", lambda: begun.append("second"))
    assert begun == ["second"]
