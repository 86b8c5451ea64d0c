"""What the program remembers between runs: the files opened last, their years, theme, layouts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_KEPT: Final = 9
_PARAMETERS: Final = 100


@dataclass(frozen=True, slots=True)
class Memory:
    """A small JSON file; one that cannot be read or written is as good as an empty one."""

    file: Path

    @property
    def recent(self) -> Sequence[Path]:
        """The files opened last, newest first, that are still there."""
        held = self._read().get("recent")
        names = held if isinstance(held, list) else []
        paths = [Path(name) for name in names if isinstance(name, str)]
        return [path for path in paths if path.is_file()]

    def year(self, path: Path) -> int | None:
        """Return the year that a file showed last, None when it was never switched."""
        year = self._years().get(str(path.absolute()))
        return year if isinstance(year, int) else None

    def turned_to(self, path: Path, year: int) -> None:
        """Remember the year that a file shows, as long as it is among those opened last."""
        kept = {str(known) for known in self.recent}
        years = {name: known for name, known in self._years().items() if name in kept}
        self._write({"years": {**years, str(path.absolute()): year}})

    @property
    def theme(self) -> str:
        """The theme used last, empty before the first change."""
        return str(self._read().get("theme", ""))

    def opened(self, path: Path) -> None:
        """Remember a file as the newest."""
        path = path.absolute()
        others = [str(known) for known in self.recent if known != path]
        self._write({"recent": [str(path), *others][:_KEPT]})

    def themed(self, theme: str) -> None:
        """Remember the theme."""
        self._write({"theme": theme})

    def layout(self, place: str) -> Mapping[str, Any]:
        """Return how the user laid out a table, as `laid_out` was told."""
        held = self._read().get("layouts")
        layout = held.get(place) if isinstance(held, dict) else None
        return layout if isinstance(layout, dict) else {}

    def laid_out(self, place: str, layout: Mapping[str, Any]) -> None:
        """Remember how the user laid out a table."""
        held = self._read().get("layouts")
        others = held if isinstance(held, dict) else {}
        self._write({"layouts": {**others, place: dict(layout)}})

    def columns(self, place: str, headings: Sequence[str]) -> Mapping[str, str]:
        """Return what the user said of a source with these headings: columns, by heading."""
        held = self._read().get("sources")
        said = held.get(_source(place, headings)) if isinstance(held, dict) else None
        return said if isinstance(said, dict) else {}

    def said(self, place: str, headings: Sequence[str], columns: Mapping[str, str]) -> None:
        """Remember what the user said of a source with these headings."""
        held = self._read().get("sources")
        others = held if isinstance(held, dict) else {}
        self._write({"sources": {**others, _source(place, headings): dict(columns)}})

    @property
    def given(self) -> Mapping[str, str]:
        """What was typed last for parameters of statements, by their names in small letters."""
        held = self._read().get("parameters")
        found = held.items() if isinstance(held, dict) else ()
        return {name: text for name, text in found if isinstance(text, str)}

    def gave(self, texts: Mapping[str, str]) -> None:
        """Remember what was typed for parameters."""
        others = {name: text for name, text in self.given.items() if name not in texts}
        kept = list({**others, **texts}.items())[-_PARAMETERS:]
        self._write({"parameters": dict(kept)})

    def _years(self) -> Mapping[str, Any]:
        held = self._read().get("years")
        return held if isinstance(held, dict) else {}

    def _read(self) -> dict[str, Any]:
        try:
            held = json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return held if isinstance(held, dict) else {}

    def _write(self, news: dict[str, Any]) -> None:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            part = self.file.with_suffix(".part")
            part.write_text(json.dumps(self._read() | news, indent=1), "utf-8")
            part.replace(self.file)
        except OSError:
            return


def _source(place: str, headings: Sequence[str]) -> str:
    """Return what tells a sort of source: where it goes, and its headings."""
    return "|".join((place, *headings))
