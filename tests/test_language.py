"""Every message has its Indonesian words, and the compiled catalogue holds just these."""

import ast
import gettext
import re
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import lkjip_tui
from lkjip_tui import language

_PACKAGE = Path(lkjip_tui.__file__).parent
_FOLDER = _PACKAGE / "locale" / "id" / "LC_MESSAGES"
_KEYWORDS = {"_": None, "mark": None, "plural": (1, 2)}
_PLACE = re.compile(r"\{[^{}]*\}")


def _said() -> set[str | tuple[str, ...]]:
    """Return every message that the program may say."""
    found = extract_from_dir(_PACKAGE, [("**.py", "python")], keywords=_KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


def test_no_message_hides_in_a_formatted_text() -> None:
    """What is extracted for translation would miss it, and half of the users read English."""
    for file in _PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
                hidden = [
                    call.args[0].value
                    for call in calls
                    if isinstance(call.func, ast.Name)
                    and call.func.id in _KEYWORDS
                    and call.args
                    and isinstance(call.args[0], ast.Constant)
                ]
                assert hidden == [], file.name


def _catalogue() -> Catalog:
    with (_FOLDER / "lkjip.po").open("rb") as file:
        return read_po(file, locale="id")


def _pairs(catalogue: Catalog) -> list[tuple[str, tuple[str, ...]]]:
    """Return each message, singular for a counted one, with its translations."""
    messages = [message for message in catalogue if message.id]
    return sorted(
        (message.id if isinstance(message.id, str) else message.id[0], _translations(message))
        for message in messages
    )


def _translations(message: Message) -> tuple[str, ...]:
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def test_every_message_is_translated_and_nothing_else() -> None:
    """An Indonesian user would read English in the middle of a sentence."""
    told = {m.id if isinstance(m.id, str) else tuple(m.id) for m in _catalogue() if m.id}
    assert _said() - told == set(), "in the program, without its translation"
    assert told - _said() == set(), "in the catalogue, said nowhere"
    assert [m.id for m in _catalogue() if m.id and not all(_translations(m))] == []


def test_a_translation_names_what_its_message_names() -> None:
    """A figure, a file or a year would be missing from the sentence, or end the program."""
    for message in _catalogue():
        if message.id:
            wanted = message.id if isinstance(message.id, str) else message.id[1]
            for said in _translations(message):
                assert sorted(_PLACE.findall(said)) == sorted(_PLACE.findall(wanted)), message.id


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    """The program would speak an older translation than the one that can be read."""
    with (_FOLDER / "lkjip.mo").open("rb") as file:
        compiled = read_mo(file)
    assert _pairs(compiled) == _pairs(_catalogue())


def test_the_language_follows_the_locale() -> None:
    """The user's own language would have to be asked for each time."""
    said = gettext.translation("lkjip", _PACKAGE / "locale", languages=["id"])
    spoken = language.current()
    try:
        language.use("id")
        assert language._("Undo") == said.gettext("Undo") != "Undo"
        language.use("en")
        assert language._("Undo") == "Undo"
    finally:
        language.use(spoken)
