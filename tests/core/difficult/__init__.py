"""Years that are hard to count come out as a hand works them out (domain.md, § 3), or as null.

Each file types a book on real DuckDB, as an office would, and says what its tables must tell. A
null is a figure that nobody can state; where target and result are there and still give none, a
finding says why.
"""

import pytest

pytest.register_assert_rewrite("tests.core.difficult.book", "tests.core.difficult.laws")
