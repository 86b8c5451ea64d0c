"""Tests of the screens, driven by keys."""
