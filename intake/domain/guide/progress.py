"""How far a draft is: the status of each part of the task list, and the draft as a whole in figures.

One rule for the task list, the lists of drafts and the terminal. An answer that was carried over and not confirmed is
neither answered nor missing: it is to check, and a part with nothing else left to do is not in progress.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.playbook.answer_checks import Fault
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import PlaybookSection, Question


class SectionStatus(StrEnum):
    """How far one section of the task list is."""

    CANNOT_START = "cannot start yet"
    NOT_STARTED = "not started"
    TO_CHECK = "to check"
    IN_PROGRESS = "in progress"
    OPEN_POINTS = "done, with open points"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class GuideTask:
    """One line of the task list: how many of the questions asked now are answered, and how many are not known.

    ``to_check`` are answers carried over that nobody has confirmed and nothing else is wrong with; they are not among
    ``answered``. A part with nothing but those left to do is to be checked, and not in progress.
    """

    section: PlaybookSection
    status: SectionStatus
    answered: int
    asked: int
    open_points: int
    to_check: int


@dataclass(frozen=True, slots=True)
class DraftProgress:
    """How far a draft is: how many questions are asked now, how many of them are answered, and carried over to check.

    ``ready`` is whether nothing keeps it from being signed.
    """

    answered: int
    asked: int
    to_check: int
    ready: bool


def task_of(
    section: PlaybookSection,
    shown: Sequence[Question],
    answers: Mapping[str, Answer],
    faults: Mapping[str, Fault],
    *,
    may_start: bool,
) -> GuideTask:
    """One part: ``shown`` are its questions asked now, ``faults`` what is wrong with their answers, by question."""
    given = [question.id for question in shown if question.id in answers]
    unknown = sum(is_unknown(answers.get(question.id)) for question in shown)
    to_check = sum(fault is Fault.CHECK_THIS for fault in faults.values())
    if not may_start:
        status = SectionStatus.CANNOT_START
    elif shown and not given:
        status = SectionStatus.NOT_STARTED
    elif faults:
        status = SectionStatus.TO_CHECK if to_check == len(faults) else SectionStatus.IN_PROGRESS
    else:
        status = SectionStatus.OPEN_POINTS if unknown else SectionStatus.DONE
    answered = sum(name not in faults for name in given)
    return GuideTask(section, status, answered, len(shown), unknown, to_check)


def progress_of(tasks: Iterable[GuideTask], *, ready: bool) -> DraftProgress:
    """The draft whose parts these are. Of a part that cannot start yet nothing is asked yet."""
    parts = tuple(task for task in tasks if task.status is not SectionStatus.CANNOT_START)
    return DraftProgress(
        answered=sum(task.answered for task in parts),
        asked=sum(task.asked for task in parts),
        to_check=sum(task.to_check for task in parts),
        ready=ready,
    )


def is_unknown(answer: Answer | None) -> bool:
    """Whether somebody answered “I don't know”."""
    return answer is not None and answer.unknown
