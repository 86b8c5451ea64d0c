"""Where the shipped files, the user's settings and the user's data are."""

import os
from importlib import resources
from pathlib import Path

_PACKAGE = Path(__file__).parent


def _shipped(name: str) -> Path:
    """Return a folder that travels with the program: in the wheel, or beside the package."""
    installed = Path(str(resources.files("lkjip_tui"))) / "_shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def queries_folder() -> Path:
    """Return the folder of the shipped queries."""
    return _shipped("queries")


def example_folder() -> Path:
    """Return the folder of the example office's facts, one CSV a table."""
    return _shipped("data") / "sooko-2021"


def reference_folder() -> Path:
    """Return the folder of the reference lists that every new office starts with."""
    return _shipped("data")


def templates_folder() -> Path:
    """Return the folder of what a new office may begin with, a folder a kind of office."""
    return _shipped("data") / "templates"


def data_folder() -> Path:
    """Return the user's data folder, where `lkjip demo` keeps the example."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only two commands need it

    return user_data_path("lkjip", appauthor=False)


def state_folder() -> Path:
    """Return the folder of what the program remembers between runs."""
    from platformdirs import user_state_path  # noqa: PLC0415

    return user_state_path("lkjip", appauthor=False)


def settings_folder() -> Path:
    """Return the folder of what the user may set."""
    from platformdirs import user_config_path  # noqa: PLC0415

    return user_config_path("lkjip", appauthor=False)


def is_writable(file: Path) -> bool:
    """Whether a file can be changed: its log and its mark are made beside it."""
    return os.access(file, os.W_OK) and os.access(file.absolute().parent, os.W_OK)
