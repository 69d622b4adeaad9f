"""The drafts of this computer as a list, and which of them to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.register.store.drafts import DraftRow as DraftRow  # noqa: PLC0414 - a line of the list, shown as it is

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation


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
