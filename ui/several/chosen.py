"""What the page of several use cases is asked for."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 100
"""Chosen at once: so many are looked through in a moment, and far fewer are signed in one sheet."""


@dataclass(frozen=True, slots=True, eq=False)
class ChosenCases:
    """``context.go("several", ChosenCases(ids))``. Each choice is another one, also of the same use cases: what became of
    the last time is shown to who comes back, and not to who chooses again.
    """

    cases: tuple[str, ...]
