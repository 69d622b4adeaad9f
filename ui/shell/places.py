"""The places of the window: what the navigation lists and what ``Context.go`` can reach.

A place is made on its first visit, so an unopened screen costs nothing at start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.context import Context
from ui.page import Page


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """One screen. ``listed`` places are in the navigation; others are reached from a list (a case, a record).

    ``under`` names the listed place that is marked while an unlisted one is shown.
    """

    key: str
    title: str
    icon: str
    make: Callable[[Context], Page]
    shortcut: str = ""
    listed: bool = True
    under: str = ""
