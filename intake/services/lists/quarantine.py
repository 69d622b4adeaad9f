"""Quarantine as a list: what was refused, newest first, and its bytes where they were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

# What is here may have been refused by any of these, in an earlier run: the words of its code are beside their rules.
import intake.exchange.folder.folder
import intake.exchange.package.package
import intake.register.register
import intake.trust.timestamps  # noqa: F401
from intake.register.store.backup import Progress
from intake.register.store.quarantine import (
    Quarantined as Quarantined,  # noqa: PLC0414 - a line of the list, shown as it is
)
from intake.register.store.quarantine import (
    RefusedAlike as RefusedAlike,  # noqa: PLC0414 - shown as it is
)

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation


@dataclass(frozen=True, slots=True)
class QuarantineAnchor:
    """Where a page ends. Only this module reads it."""

    pk: int


@dataclass(frozen=True, slots=True)
class QuarantinePage:
    """Rows, where the page after them begins, and how many there are in all."""

    rows: tuple[Quarantined, ...]
    anchor: QuarantineAnchor | None
    total: int


def page(
    installation: Installation, *, after: QuarantineAnchor | None = None, skip: int = 0, limit: int = 100
) -> QuarantinePage:
    """``limit`` rows, beginning ``skip`` rows after ``after``; None is the beginning."""
    kept = installation.register.quarantine
    rows = kept.items(after=after.pk if after else 0, limit=skip + limit)[skip:]
    return QuarantinePage(rows, QuarantineAnchor(rows[-1].pk) if rows else after, kept.count())


def one(installation: Installation, pk: int) -> Quarantined | None:
    """None when it was forgotten."""
    found = installation.register.quarantine.items(after=pk + 1, limit=1)
    return found[0] if found and found[0].pk == pk else None


def kept_bytes(installation: Installation, pk: int) -> bytes | None:
    """None when they were not kept."""
    return installation.register.quarantine.bytes_of(pk)


def forget(installation: Installation, pk: int) -> None:
    """The same file may come again then, and is judged again."""
    installation.register.quarantine.remove(pk)


def alike(installation: Installation) -> tuple[RefusedAlike, ...]:
    """All of it, counted by code and source; the most first."""
    return installation.register.quarantine.alike()


def chosen(installation: Installation, code: str = "", source: str = "", *, junk: bool = False) -> tuple[int, ...]:
    """The items (``pk``) with this code and from this source, where given; with ``junk`` only those that are no act."""
    return installation.register.quarantine.chosen(code, source, junk=junk)


def forget_all(installation: Installation, items: Sequence[int], progress: Progress | None = None) -> int:
    """Forget these; gives how many of them were still here."""
    return installation.register.quarantine.remove_all(items, progress)


def send_strangers_away(installation: Installation) -> tuple[int, int]:
    """How many waiting acts of people whom no roster lists went into quarantine, and how many it had no room for."""
    return installation.register.waiting_room.send_away()
