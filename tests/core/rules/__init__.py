"""Every rule is silent about an office whose facts agree, and tells of one broken fact alone."""

import pytest

pytest.register_assert_rewrite("tests.core.rules.cases", "tests.core.rules.office")
