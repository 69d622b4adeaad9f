"""Drafts as if somebody had typed them before."""

from __future__ import annotations

from intake.domain.playbook.answers import Answer
from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.filled import filled


def complete(session: Session, draft: str, **given: object) -> None:
    """Fill a draft with mild answers, as if typed before."""
    values = {name.replace("__", "."): value for name, value in given.items()}
    guide = filled(session.installation.shelf.current, values)
    session.installation.register.drafts.answers(
        draft, {name: answer.as_json() for name, answer in guide.answers.items()}
    )


def answers(session: Session, draft: str) -> dict[str, Answer]:
    return dict(filing.view(session.installation, draft).guide.answers)
