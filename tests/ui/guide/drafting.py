"""Drafts as if somebody had typed them before."""

from __future__ import annotations

from intake.domain.playbook.answers import Answer
from intake.services.filing import filing
from intake.services.installation.workspace import Seat
from tests.filled import filled


def complete(seat: Seat, draft: str, **given: object) -> None:
    """Fill a draft with mild answers, as if typed before."""
    guide = filled(seat.desk.shelf.current, {name.replace("__", "."): value for name, value in given.items()})  # type: ignore[misc]
    seat.desk.register.drafts.answers(draft, {name: answer.as_json() for name, answer in guide.answers.items()})


def answers(seat: Seat, draft: str) -> dict[str, Answer]:
    return dict(filing.view(seat.desk, draft).guide.answers)
