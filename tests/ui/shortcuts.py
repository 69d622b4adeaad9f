"""Which keys two actions of a window would both answer to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction


def shared_shortcuts(actions: Sequence[QAction]) -> tuple[str, ...]:
    """The shortcuts that two of these actions share; empty is good."""
    seen: dict[str, int] = {}
    for action in actions:
        for sequence in action.shortcuts():
            seen[sequence.toString()] = seen.get(sequence.toString(), 0) + 1
    return tuple(sorted(keys for keys, count in seen.items() if count > 1))
