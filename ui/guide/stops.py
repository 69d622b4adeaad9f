"""The places in the guide. A stop is the argument of ``context.go("guide", …)``, so Back and Forward know it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class View(StrEnum):
    """The views of a draft, and where a draft is opened: at the screening while nothing is answered yet."""

    GO_ON = "go on"
    TASKS = "tasks"
    QUESTIONS = "questions"
    CHECK = "check"
    CHOOSE = "choose"


@dataclass(frozen=True, slots=True)
class GuideStop:
    """One view of a draft. ``page`` is a page of the playbook, ``question`` the one to begin at.

    ``changing`` is a question page opened from the check page: Continue returns there.
    """

    draft: str
    view: View = View.GO_ON
    page: str = ""
    question: str = ""
    changing: bool = False


def stop_of(argument: object) -> GuideStop | None:
    """Understand what ``go`` was given: a stop, or the id of a draft."""
    if isinstance(argument, GuideStop):
        return argument
    return GuideStop(argument) if isinstance(argument, str) and argument else None
