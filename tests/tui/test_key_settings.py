"""What a file of keys asks, and what comes of it: without a screen."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from lkjip_tui.grid import acts_everywhere
from lkjip_tui.grid.keys import one_name
from lkjip_tui.tui.commands import COMMANDS, bindings, keymap
from lkjip_tui.tui.key_names import named, types, why_never, written
from lkjip_tui.tui.key_settings import KeySettings

FILE = Path("keys.toml")


def keys_of(settings: KeySettings, command_id: str) -> tuple[str, ...]:
    """Return the keys of a command."""
    return next(command.keys for command in settings.commands if command.id == command_id)


def read(*lines: str) -> KeySettings:
    """Read a file of these lines beneath [keys]."""
    return KeySettings.parse("\n".join(["[keys]", *lines]), FILE)


def test_keys_are_bound_anew_several_at_once_or_not_at_all() -> None:
    """A user's own keys would not act, or the old ones still would."""
    settings = read('undo = "Ctrl+U"', 'fold = ["alt+j", "F4"]', 'export = ""')
    assert keys_of(settings, "undo") == ("ctrl+u",)
    assert keys_of(settings, "fold") == ("alt+j", "f4")
    assert keys_of(settings, "export") == ()
    assert not settings.faults
    bound = {(each.key, each.action) for each in bindings(settings.commands)}
    assert ("f4", "command('fold')") in bound
    assert not [action for _key, action in bound if action == "command('export')"]
    changed = {command.id for command in settings.commands if command.origin == "user"}
    assert changed == {"undo", "fold", "export"}


@pytest.mark.parametrize("name", ['"grid.cursor_down"', "grid.cursor_down"])
def test_the_grids_own_keys_are_bound_by_their_names(name: str) -> None:
    """TOML makes a table of a name with a dot, and the key would be lost in it."""
    settings = read(f'{name} = "ctrl+n"', f'{name.replace("down", "up")} = ""')
    assert not settings.faults
    assert keymap(settings.commands) == {
        "grid.cursor_down": "ctrl+n", "grid.cursor_up": "<none>",
    }  # fmt: skip
    assert not keymap(COMMANDS)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('unod = "f4"', "no such command. Near it: undo"),
        ('undo = "pgdwn"', "no key “pgdwn”. Near it: PgDn"),
        ('undo = "alt+1"', "some keyboards type a character with it"),
        ('undo = "ctrl+m"', "the same for Enter"),
        ('undo = "ctrl+["', "the same for Esc"),
        ('undo = "u"', "types a character here"),
        ('undo = "ctrl+y"', "Ctrl+Y stays with “Redo” (redo)"),
        ('run = "r"', "types a character here"),
        ("undo = 3", "a list of keys"),
        ('undo = "a b c"', "no key “a b c”"),
        ('profile = "emacs"', "there are default, vim"),
    ],
)
def test_what_does_not_hold_is_told_with_its_line_and_the_rest_holds(line: str, told: str) -> None:
    """One slip would cost the user all other keys, or be searched for in vain."""
    settings = read("# mine", 'back_up = "f4"', line)
    assert len(settings.faults) == 1
    assert settings.faults[0].startswith(f"keys.toml:4, {line.partition(' ')[0]}: ")
    assert told in settings.faults[0]
    assert keys_of(settings, "back_up") == ("f4",)
    assert keys_of(settings, "undo") == ("ctrl+z",)


def test_every_fault_is_told() -> None:
    """After mending one entry the user would be told the next, and the next."""
    assert len(read('a = "f4"', 'undo = ["alt+1", "alt+2"]', 'redo = "x"').faults) == 4
    assert len(KeySettings.parse("undo = 'f4'\nkeys = 3", FILE).faults) == 2
    (fault,) = KeySettings.parse("[keys]\nundo = \n", FILE).faults
    assert "line 2" in fault


def test_a_key_that_its_command_gives_up_is_free_for_another() -> None:
    """Two commands could not change places."""
    settings = read('undo = "ctrl+y"', 'redo = "ctrl+z"')
    assert not settings.faults
    assert keys_of(settings, "undo") == ("ctrl+y",)
    assert keys_of(settings, "redo") == ("ctrl+z",)


def test_one_key_may_act_in_two_places_that_are_never_the_same() -> None:
    """Half of the short keys would be refused without need."""
    assert not read('fold = "alt+j"', 'rule_off = "alt+j"', 'run = "alt+j"').faults
    assert read('fold = "alt+j"', 'theme = "alt+j"').faults


def test_the_profile_of_letters_knows_only_commands_that_are_there() -> None:
    """Letters would type in the grid, or a key would end in nothing."""
    settings = KeySettings.parse('profile = "vim"', FILE)
    assert settings.letters_act
    assert not settings.faults
    assert keys_of(settings, "grid.cursor_down") == ("j", "down")
    assert keys_of(settings, "delete_row") == ("d d", "ctrl+delete")
    assert keys_of(settings, "undo") == ("u", "ctrl+z")
    assert {command.id for command in settings.commands} == {each.id for each in COMMANDS}


def test_own_keys_come_before_those_of_the_profile() -> None:
    """A user of the profile could not change what they like less in it."""
    settings = read('clear = "d c"', 'undo = "d"', 'profile = "vim"')
    assert keys_of(settings, "clear") == ("d c",)
    assert keys_of(settings, "undo") == ("u", "ctrl+z")
    assert len(settings.faults) == 1, "d alone would never be waited on"


def test_a_file_is_made_with_every_command_and_never_written_over(tmp_path: Path) -> None:
    """The user would have to guess the names, or lose their keys."""
    file = tmp_path / "settings" / "keys.toml"
    assert KeySettings(file).make_file()
    assert KeySettings.read(file).commands == COMMANDS
    _head, _keys, entries = file.read_text("utf-8").partition("[keys]\n")
    settings = read(*(line.removeprefix("# ") for line in entries.splitlines()))
    assert not settings.faults
    assert settings.commands == COMMANDS
    file.write_text('profile = "vim"', "utf-8")
    assert not KeySettings(file).make_file()
    assert KeySettings.read(file).profile == "vim"


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    """The program would not start."""
    file = tmp_path / "keys.toml"
    file.write_bytes(b"\xff\xfe")
    assert len(KeySettings.read(file).faults) == 1
    assert len(KeySettings.read(tmp_path).faults) == 1


@pytest.mark.parametrize(
    "text", ["undo = " + "[" * 2_000, "undo = " + "1" * 9_000, "[keys]\n" + "a." * 1_500 + "b = 1"]
)
def test_a_file_without_end_is_told(text: str) -> None:
    """The program would not start, and tell of its own code."""
    settings = KeySettings.parse(text, FILE)
    assert len(settings.faults) == 1
    assert settings.commands == COMMANDS


CHARACTERS = st.sampled_from("abcxyzGN059/$:,.;+-[]#?éß")
NAMES = st.one_of(
    st.sampled_from(["up", "pagedown", "escape", "delete", "insert", "space", "f12", "enter"]),
    st.sampled_from("abcxyz059/$+-[").map(_character_to_key),
)
KEYS = st.one_of(
    CHARACTERS.map(_character_to_key),
    st.builds(
        lambda held, name: "+".join([*sorted(held), name]),
        st.sets(st.sampled_from(["alt", "ctrl"]), min_size=1),
        NAMES,
    ),
)


@given(st.lists(KEYS, min_size=1, max_size=2).map(" ".join))
def test_every_key_is_read_as_it_is_written(key: str) -> None:
    """What F1 shows could not be put into the file."""
    assert named(written(key)) == key


@pytest.mark.parametrize("key", [key for command in COMMANDS for key in command.keys])
def test_every_shipped_key_has_a_name_and_may_be_bound(key: str) -> None:
    """Help would show a key by a name that stands on no keyboard, or one that never arrives."""
    assert named(written(key)) == key
    assert "_" not in written(key)
    assert not why_never(key)


@pytest.mark.parametrize("sent", ["alt+shift+v", "alt+V", "alt+shift+V"])
def test_a_letter_with_modifiers_has_one_name(sent: str) -> None:
    """On another terminal the key would do nothing, or what Alt+V does."""
    assert one_name(sent) == "alt+shift+v" == named("Alt+Shift+V")
    assert one_name("shift+g") == one_name("G") == "G" == named("Shift+G")
    assert one_name("alt+v") == "alt+v" == named("Alt+V")
    assert one_name("ctrl+shift+up") == "ctrl+shift+up"
    assert one_name("ctrl+@") == "ctrl+space" == named("Ctrl+@")
    assert one_name("ctrl+underscore") == "ctrl+slash" == named("Ctrl+_")


WISHED = st.dictionaries(
    st.sampled_from([command.id for command in COMMANDS]),
    st.lists(st.one_of(KEYS, st.sampled_from([k for c in COMMANDS for k in c.keys])), max_size=3),
    max_size=8,
)


@pytest.mark.slow
@given(WISHED, st.sampled_from(["default", "vim"]))
def test_no_file_gives_two_commands_one_key_in_one_place(
    wished: dict[str, list[str]], profile: str
) -> None:
    """The second act of a key would never happen."""
    lines = [f'"{entry}" = {[written(key) for key in keys]}' for entry, keys in wished.items()]
    settings = read(f'profile = "{profile}"', *lines)
    panes = {
        "app": {"grid", "findings", "sql"}, "workbench": {"grid", "findings", "sql"},
        "rows": {"grid", "findings", "sql"},
    }  # fmt: skip
    seen: set[tuple[str, str]] = set()
    for command in settings.commands:
        places = set(panes.get(command.scope, {command.scope}))
        for key in command.keys:
            assert not why_never(key)
            assert profile == "vim" or command.scope in {"findings", "history"} or not types(key)
            is_around = command.scope in {"app", "workbench", "grid"} and acts_everywhere(key)
            for place in places | ({"cell", "list"} if is_around else set()):
                assert (place, key) not in seen
                seen.add((place, key))
