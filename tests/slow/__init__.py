"""Tests that take longer than a moment; `pytest -m slow` runs them."""
