"""The drafts of this computer as a list, and which of them to go on with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from intake.domain.base.refusals import Refusal
from intake.domain.case.summary import reference
from intake.domain.guide.progress import DraftProgress
from intake.register.store.drafts import DraftRow as DraftRow  # noqa: PLC0414 - a line of the list, shown as it is
from intake.services.filing import filing

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation


@dataclass(frozen=True, slots=True)
class DraftLine:
    """What every list says of a draft, the same everywhere. ``title`` is empty while it has none.

    ``reference`` is that of the case it revises, "" for a new use case. ``progress`` is None when the draft cannot be opened
    here, and ``refusal`` says why then.
    """

    id: str
    person: str
    title: str
    case: str
    reference: str
    changed: datetime
    progress: DraftProgress | None
    refusal: Refusal | None = None


def lines(installation: Installation, *, limit: int | None = None) -> tuple[DraftLine, ...]:
    """The drafts that were not removed, last changed first, at most ``limit``."""
    return tuple(line(installation, row) for row in listed(installation)[:limit])


def line(installation: Installation, row: DraftRow) -> DraftLine:
    """One draft as lists show it."""
    progress, refusal, title = None, None, row.title
    try:
        guide = filing.guide_of(installation, installation.register.drafts.get(row.id))
    except Refusal as found:
        refusal = found
    else:
        progress, title = guide.progress, guide.title or row.title
    called = reference(row.case) if row.case else ""
    return DraftLine(row.id, row.person, title, row.case, called, row.changed, progress, refusal)


def listed(installation: Installation) -> tuple[DraftRow, ...]:
    """The drafts that were not removed, last changed first."""
    return installation.register.drafts.listed()


def remove(installation: Installation, draft: str) -> DraftRow:
    """Hide a draft; ``undo_remove`` brings it back. Raises NoSuchDraft."""
    drafts = installation.register.drafts
    drafts.remove(draft)
    return drafts.get(draft).row


def undo_remove(installation: Installation, draft: str) -> None:
    """Raises NoSuchDraft."""
    installation.register.drafts.undo_remove(draft)


def without_answers(installation: Installation, person: str) -> str:
    """The draft of a first revision this person began by today's playbook and left empty; "" when there is none."""
    playbook = installation.shelf.current.digest
    empty = (
        row.id
        for row in listed(installation)
        if not row.answered and not row.case and row.person == person and row.playbook == playbook
    )
    return next(empty, "")


def of_case(installation: Installation, case: str) -> str:
    """The draft of the next revision of this case; "" when none was begun."""
    return next((row.id for row in listed(installation) if row.case == case), "")
