"""Any text as the file of one's own keys: the program starts, and tells what does not hold."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.tui.app import LkjipApp
from lkjip_tui.tui.commands import COMMANDS
from lkjip_tui.tui.key_names import named, near, types, why_never, written
from lkjip_tui.tui.key_settings import KeySettings
from lkjip_tui.tui.memory import Memory
from tests.fuzz.running import MANY
from tests.tui import test_key_settings

_FILE = Path("keys.toml")
_IDS = st.sampled_from([command.id for command in COMMANDS])
_SIGNS = st.sampled_from([
    *("[", "]", "{", "}", "=", '"', "'", '"""', ".", ",", "#", "\n", "\r", "\0", "\\", "\\u0041"),
    *("[keys]", "[[keys]]", "profile", '"vim"', "keys", "undo", "grid", "1", "-0", "1e400", "nan"),
    *("true", "2021-02-30", "12:61:00", "0x", "é", "\ud7ff", "+", "ctrl+", "alt+shift+", "f25"),
    *(" ", "$"),
])  # fmt: skip
_texts = st.one_of(test_key_settings.KEYS.map(written), st.text(max_size=12), st.just("g g"))
_values = st.recursive(
    st.one_of(_texts.map(repr), _texts.map('"{}"'.format), st.integers().map(str), _SIGNS),
    lambda inner: st.lists(inner, max_size=3).map(lambda found: f"[{', '.join(found)}]"),
    max_leaves=6,
)
_entries = st.builds(
    "{} = {}".format, st.one_of(_IDS, _IDS.map('"{}"'.format), _SIGNS, st.text(max_size=8)), _values
)
_many = st.tuples(_SIGNS, st.integers(1, 6000)).map(lambda pair: pair[0] * pair[1])
files = st.lists(
    st.one_of(_entries, _entries, _entries, st.just("[keys]"), st.just('profile = "vim"'), _SIGNS,
              _many, st.builds("{} = {}".format, _many, _values),
              st.builds("x = {}".format, _many)),
    max_size=10,
).map("\n".join)  # fmt: skip


@MANY
@given(files)
def test_every_text_gives_keys_and_tells_what_does_not_hold(text: str) -> None:
    """The program would not start, or have two acts for a key."""
    settings = KeySettings.parse(text, _FILE)
    assert [command.id for command in settings.commands] == [each.id for each in COMMANDS]
    assert all(fault.startswith("keys.toml") for fault in settings.faults)
    for command in settings.commands:
        for key in command.keys:
            assert not why_never(key)
            assert named(written(key)) == key
    quits = [command.keys for command in settings.commands if command.id == "quit"]
    assert quits


@MANY
@given(st.binary(max_size=200) | files.map(lambda text: text.encode("utf-8", "replace")))
def test_the_program_is_made_with_any_bytes_as_its_keys(content: bytes) -> None:
    """The program would not start."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "keys.toml")
        file.write_bytes(content)
        settings = KeySettings.read(file)
        LkjipApp(memory=Memory(Path(folder, "state.json")), keys=settings)


@MANY
@given(st.text(max_size=30) | _texts)
def test_what_somebody_calls_a_key_is_one_or_none(text: str) -> None:
    """The fault of a slip would be the program's end."""
    key = named(text)
    if key is not None:
        written(key)
        types(key)
        why_never(key)
    for each in near(text):
        named(each)


@MANY
@given(st.binary(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["recent", "years", "theme", "layouts", "sources", "parameters", "x"])
        | st.text(max_size=3), inner, max_size=6),
    max_leaves=10,
).map(lambda held: __import__("json").dumps(held).encode()))  # fmt: skip
def test_a_state_file_of_anything_is_as_good_as_an_empty_one(content: bytes) -> None:
    """A file that was cut would keep the program from starting."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "state.json")
        file.write_bytes(content)
        memory = Memory(file)
        assert isinstance(list(memory.recent), list)
        memory.year(file)
        assert isinstance(memory.theme, str)
        memory.opened(file)
        memory.turned_to(file, 2021)
        memory.laid_out("x", memory.layout("x"))
        memory.said("x", ["a"], memory.columns("x", ["a"]))
        memory.gave(memory.given)
        LkjipApp(memory=memory)


LAWS = (
    test_every_text_gives_keys_and_tells_what_does_not_hold,
    test_the_program_is_made_with_any_bytes_as_its_keys,
    test_what_somebody_calls_a_key_is_one_or_none,
    test_a_state_file_of_anything_is_as_good_as_an_empty_one,
    test_key_settings.test_every_key_is_read_as_it_is_written,
    test_key_settings.test_no_file_gives_two_commands_one_key_in_one_place,
)
