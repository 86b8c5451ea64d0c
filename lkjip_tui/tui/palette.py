"""The palette: every act and every place, found by a part of its name."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

from textual.app import App
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from lkjip_tui.core.queries import Kind
from lkjip_tui.core.values import safe_text
from lkjip_tui.language import _
from lkjip_tui.tui.navigator import OTHER_SCREENS

if TYPE_CHECKING:
    from lkjip_tui.tui.app import LkjipApp
    from lkjip_tui.tui.workbench import Workbench

Entry = tuple[str, str, Callable[[], Any]]
"""A name, what stands beneath it, and what choosing it does."""


class _Entries(Provider):
    """Offers entries by their names, which are data and shown as they stand."""

    def entries(self) -> Iterator[Entry]:
        """Return what is offered."""
        raise NotImplementedError

    async def discover(self) -> Hits:
        """Offer everything while nothing is typed."""
        for name, about, act in self.entries():
            yield DiscoveryHit(Content(name), act, text=name, help=about)

    async def search(self, query: str) -> Hits:
        """Offer what fits."""
        matcher = self.matcher(query)
        for name, about, act in self.entries():
            # What holds the very words comes before what only has their letters.
            words = query.casefold()
            holds = (words in f"{name} {about}".casefold()) + name.casefold().startswith(words)
            if (score := matcher.match(name) + holds) > 0:
                yield Hit(score, Content(name), act, text=name, help=about)


class Acts(_Entries):
    """Every command that acts where the palette was opened."""

    def entries(self) -> Iterator[Entry]:
        """Return the commands with their keys."""
        app = cast("LkjipApp", self.app)
        for command in app.key_settings.commands:
            if command.built_in or not app.acts_here(command):
                continue
            key = f"   {command.key_text}" if command.keys else ""
            yield f"{_(command.label)}{key}", _(command.help), self._act(command.id)

    def _act(self, command_id: str) -> Callable[[], Any]:
        return lambda: self.app.run_action(f"command('{command_id}')")


class Places(_Entries):
    """Every sheet, table and check of the open file, and the screens that are none."""

    def entries(self) -> Iterator[Entry]:
        """Return the places with their names in SQL."""
        workbench = cast("LkjipApp", self.app).workbench
        if workbench is None:
            return
        for query in workbench.workspace.registry.queries.values():
            if query.kind is not Kind.BASIS:
                number = query.header.number or ""
                title = f"{number} {query.title()}".strip()
                yield safe_text(title), query.full_name, self._open(workbench, query.full_name)
        for place, name in OTHER_SCREENS.items():
            yield _(name), "", self._open(workbench, place)

    def _open(self, workbench: "Workbench", place: str) -> Callable[[], Any]:
        return lambda: workbench.go(place)


def open_palette(app: App[None], *, places_only: bool = False) -> None:
    """Open the palette over the screen."""
    providers = [Places] if places_only else [Acts, Places]
    words = _("Go to…") if places_only else _("Do or go to…")
    app.push_screen(CommandPalette(providers=providers, placeholder=words))
