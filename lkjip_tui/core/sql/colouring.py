"""What the words of a statement are, for the eye: keywords, functions, literals, comments."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Self

from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.storage.sql_text import Token, tokens

Colour = Literal["keyword", "function", "text", "number", "parameter", "comment"]


@dataclass(frozen=True, slots=True)
class Colouring:
    """The words that are told apart; names of tables and columns are left as they are."""

    keywords: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Names) -> Self:
        """Take keywords and functions; a keyword that may name something of this file does so."""
        reserved = (word for word in names.keywords if names.is_reserved(word))
        return cls(
            frozenset(reserved) | (names.keywords.keys() - names.words),
            frozenset(each.name.casefold() for each in names.functions),
        )

    def parts(self, sql: str) -> Iterator[tuple[Colour, int, int]]:
        """Yield what has a colour, where it begins and where it ends; it may be typed in half."""
        found = tokens(sql)
        for before, token, after in zip([None, *found], found, [*found[1:], None], strict=False):
            colour = self._colour(before, token, after)
            if colour is not None:
                yield colour, token.start, token.end

    def _colour(self, before: Token | None, token: Token, after: Token | None) -> Colour | None:
        if token.kind in ("text", "number", "parameter", "comment"):
            return token.kind
        if not token.word or _is_dot(before) or _is_dot(after):
            return None
        if token.word in self.functions and after is not None and after.text == "(":
            return "function"
        return "keyword" if token.word in self.keywords else None


def _is_dot(token: Token | None) -> bool:
    return token is not None and token.text == "."
