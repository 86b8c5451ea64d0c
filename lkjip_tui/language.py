"""The interface's language: English msgids, Bahasa Indonesia by gettext.

What belongs to the report itself is Indonesian always and never passes through here.
"""

import gettext as _gettext
import locale
import os
from pathlib import Path

LANGUAGES = ("en", "id")
_LOCALE_FOLDER = Path(__file__).parent / "locale"

_current = "en"
_translations: _gettext.NullTranslations = _gettext.NullTranslations()


def from_environment() -> str:
    """Return the language that the user's locale asks for; English unless Indonesian."""
    for name in ("LKJIP_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        asked = os.environ.get(name, "")
        if asked:
            return "id" if asked.lower().startswith(("id", "in_id")) else "en"
    asked = locale.getlocale()[0] or ""
    return "id" if asked.lower().startswith("id") else "en"


def use(language: str) -> None:
    """Speak `language` ("en" or "id") from now on."""
    global _current, _translations  # noqa: PLW0603 - one interface language a process
    if language not in LANGUAGES:
        raise ValueError(language)
    _current = language
    _translations = _gettext.translation(
        "lkjip", _LOCALE_FOLDER, languages=[language], fallback=language == "en"
    )


def current() -> str:
    """Return the language spoken now: "en" or "id"."""
    return _current


def _(message: str) -> str:
    """Return the message in the interface's language."""
    return _translations.gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """Return the form of a counted message that `count` needs, in the interface's language."""
    return _translations.ngettext(one, many, count)


def mark(message: str) -> str:
    """Mark a message for translation where it is declared, before the language is known."""
    return message
