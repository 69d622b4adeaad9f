"""Real sessions for these tests."""

from tests.ui.visiting import offices, visit

__all__ = ["offices", "visit"]
