"""Taking the answers of an earlier use case into a draft that is being written: what that replaces, and doing it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.case.summary import reference
from intake.domain.guide.guide import Guide, started_from
from intake.domain.playbook import answers as said
from intake.domain.playbook.answers import Answers, Carried, Origin
from intake.domain.playbook.questions import QuestionRole
from intake.services.filing import filing
from intake.services.filing.filing import DraftView
from intake.services.installation.installation import Installation


@dataclass(frozen=True, slots=True)
class Carry:
    """``count`` answers come over; ``replaced`` are the labels of given answers that would be another one."""

    case: str
    reference: str
    title: str
    count: int
    replaced: tuple[str, ...]


def look(installation: Installation, draft: str, case: str) -> Carry:
    """What ``carry`` would do. Raises NoSuchDraft, NothingFiled or PlaybookMissing."""
    guide = filing.view(installation, draft).guide
    state = installation.state(case)
    taken = _taken(installation, guide, case)
    current = state.current
    assert current is not None  # installation.state refuses a case without one
    replaced = tuple(
        question.label
        for question in guide.playbook.questions
        if question.id in taken
        and question.id in guide.answers
        and taken[question.id].value != guide.answers[question.id].value
    )
    return Carry(case, reference(case), current.body.title, len(taken), replaced)


def carry(installation: Installation, draft: str, case: str) -> DraftView:
    """Put the answers of an earlier use case into the draft, each to be checked; files stay where they are."""
    guide = filing.view(installation, draft).guide
    taken = _taken(installation, guide, case)
    installation.register.drafts.answers(draft, {name: answer.as_json() for name, answer in taken.items()})
    return filing.view(installation, draft)


def _taken(installation: Installation, guide: Guide, case: str) -> Answers:
    """The draft keeps its own title, unit and stage; files belong to where they were attached."""
    current = installation.state(case).current
    assert current is not None  # installation.state refuses a case without one
    earlier = started_from(
        guide.playbook, said.from_json(current.body.answers), Carried(Origin.SIMILAR, current.body.title)
    ).answers
    own = {guide.playbook.role(role) for role in (QuestionRole.TITLE, QuestionRole.UNIT, QuestionRole.STAGE)}
    return Answers({name: answer for name, answer in earlier.items() if name not in own and not answer.files})
