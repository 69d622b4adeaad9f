"""What lists say of a draft: its name, what it will be, and how far it is. One rule for the home page and the list of drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.texts import Texts
from ui.theme import Tone

if TYPE_CHECKING:
    from intake.services.lists.drafts import DraftLine


def draft_title(line: DraftLine) -> str:
    return line.title or DraftTexts.tr("Untitled draft")


def draft_kind(line: DraftLine) -> str:
    """Whether it is a new use case, or the next revision of which."""
    if not line.reference:
        return DraftTexts.tr("New use case")
    return DraftTexts.tr("New revision of {reference}").format(reference=line.reference)


def draft_progress(line: DraftLine) -> str:
    """How many of the questions asked now are answered, how many answers are to check; or that nothing is missing."""
    progress = line.progress
    if progress is None:
        # Its playbook is not here: the draft stays, and opening it says why.
        return line.refusal.code if line.refusal is not None else ""
    if progress.ready:
        return DraftTexts.tr("Ready to sign")
    if progress.to_check and not progress.answered:
        return DraftTexts.tr("{count} of %Ln to check", "", progress.asked).format(count=progress.to_check)
    if progress.to_check:
        # Short: it stands beside the name, which needs the room.
        words = DraftTexts.tr("{answered} of {asked}, %Ln to check", "", progress.to_check)
        return words.format(answered=progress.answered, asked=progress.asked)
    return DraftTexts.tr("{answered} of %Ln answered", "", progress.asked).format(answered=progress.answered)


def draft_tone(line: DraftLine) -> Tone | None:
    """How what ``draft_progress`` says is coloured."""
    if line.progress is None:
        return Tone.WARN
    return Tone.GOOD if line.progress.ready else None


class DraftTexts(Texts):
    pass
