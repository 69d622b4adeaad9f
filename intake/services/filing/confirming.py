"""Confirming carried answers where they stand, and taking that back.

The value stays as it was carried over; only the mark “check this” goes, and with it the note of where it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intake.domain.guide.guide import Guide
from intake.domain.playbook.answers import Answer
from intake.services.filing import filing
from intake.services.filing.filing import DraftView
from intake.services.installation.installation import Installation


def confirm(installation: Installation, draft: str, questions: Iterable[str]) -> DraftView:
    """Confirm these answers, as one; what is not to be checked stays as it is. Raises NoSuchDraft or PlaybookMissing."""
    before = filing.view(installation, draft).guide
    return _kept(installation, draft, before, before.confirm(questions))


def unconfirm(installation: Installation, draft: str, answers: Mapping[str, Answer]) -> DraftView:
    """Undo: ``answers`` are those confirmed, as they were; one that was changed since stays as it is now."""
    before = filing.view(installation, draft).guide
    return _kept(installation, draft, before, before.unconfirm(answers))


def _kept(installation: Installation, draft: str, before: Guide, after: Guide) -> DraftView:
    changed = {name: answer.as_json() for name, answer in after.answers.items() if answer != before.answers.get(name)}
    if changed:
        installation.register.drafts.answers(draft, changed)
    return filing.view(installation, draft)
