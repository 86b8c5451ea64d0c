"""`python -m tests.fuzz NUMBERS --minutes 15`: fresh examples until one breaks a law."""

import argparse
import importlib
import sys

from hypothesis import settings

from tests.fuzz.running import MANY, run

#: What can be asked for, with the module that holds its laws.
FUZZERS = {
    "KEYS": "keys",
    "IMPORT": "imports",
    "HEADERS": "headers",
    "NUMBERS": "numbers",
    "SETTINGS": "key_files",
}


def main() -> int:
    """Run one of them, and print what it found whole."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("what", choices=FUZZERS)
    parser.add_argument("--minutes", type=float, default=15.0)
    asked = parser.parse_args()
    # Laws of the normal suite take it when they are loaded.
    settings.register_profile("fuzz", MANY)
    settings.load_profile("fuzz")
    laws = importlib.import_module(f"tests.fuzz.{FUZZERS[asked.what]}").LAWS
    tried = run(laws, asked.minutes * 60)
    sys.stdout.write(
        f"{tried.finding}{asked.what}: {tried.examples} examples in {tried.seconds / 60:.1f}"
        f" minutes, {'a finding' if tried.finding else 'nothing found'}\n"
    )
    return 1 if tried.finding else 0


if __name__ == "__main__":
    sys.exit(main())
