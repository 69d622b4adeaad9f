"""Filing again: what the offices said about the revision that is filed, at which question, and what the draft changes.

Read from the signed acts; nothing is written here. What an office asks for is open until there is a revision whose author had
it. A remark is open until somebody resolves it, whichever revision it was made on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY
from intake.domain.guide.as_filed import readable
from intake.domain.guide.choosing import AnswerChoice, choices
from intake.domain.guide.guide import Compared, Guide, compared
from intake.domain.playbook import answers as said
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.playbook.questions import PlaybookSection
from intake.services.deciding.remarks import remarks_of
from intake.services.filing.comparing import RevisionsCompared, competing
from intake.services.installation.installation import Installation


@dataclass(frozen=True, slots=True)
class ReviewRemark:
    """Something a reviewer said. ``question`` is where it belongs, empty for the whole use case.

    ``office`` is None for a comment of somebody without one. ``asks`` is True for the reason of “request changes”. ``number`` is
    that of the revision it was said on.
    """

    act: str
    question: str
    office: Office | None
    person: str
    day: date
    text: str
    asks: bool
    number: int


@dataclass(frozen=True, slots=True)
class Revising:
    """``filed`` are the answers of the newest revision, ``number`` its number, ``remarks`` what is open on it.

    ``competing`` are the newest revisions compared where there are several; then ``remarks`` are what is open on any of them, and
    ``filed`` are the answers of the first.
    """

    case: str
    revision: str
    number: int
    filed: Answers
    remarks: tuple[ReviewRemark, ...]
    competing: RevisionsCompared | None = None

    def about(self, question: str) -> tuple[ReviewRemark, ...]:
        return tuple(remark for remark in self.remarks if remark.question == question)

    def changes(self, guide: Guide) -> tuple[Compared, ...]:
        """What would differ from the filed revision, were the draft filed as it is now."""
        return compared(guide.playbook, self.filed, asked_now(guide))

    def choices(self, guide: Guide) -> tuple[AnswerChoice, ...]:
        """What became of each answer in which the competing revisions differ; none while they do not compete."""
        if self.competing is None:
            return ()
        return choices(self.competing.rows, guide.answers, frozenset(question.id for question in guide.known.shown))

    def touched(self, guide: Guide, section: PlaybookSection) -> bool:
        """Whether a section has to be walked again: an answer differs, or a reviewer said something about one."""
        names = {question.id for question in section.questions}
        asked = asked_now(guide)
        return any(_differs(self.filed, asked, name) for name in names) or any(
            remark.question in names for remark in self.remarks
        )


def revising(installation: Installation, case: str) -> Revising:
    """What the owner of a filed case has to know before filing again. Raises NothingFiled."""
    state = installation.state(case)
    current = state.current
    assert current is not None  # installation.state refuses a case without one
    found = competing(installation, state)
    if found is not None:
        current = state.revision(found.sides[0].id)
    remarks = (*_asked(installation, state), *_open_remarks(installation, state, current))
    place = {event.act.id: number for number, event in enumerate(state.events)}
    return Revising(
        case=case,
        revision=current.id,
        number=current.number,
        filed=readable(current.body),
        remarks=tuple(sorted(remarks, key=lambda remark: place[remark.act])),
        competing=found,
    )


def _asked(installation: Installation, state: CaseState) -> Iterator[ReviewRemark]:
    """Why offices ask for changes to the newest revision, or to those that compete, or declined them."""
    heads = {name: state.revision(name) for name in state.heads}
    # Of revisions that compete each answers what its own author had seen, and the next one takes the place of all.
    known = frozenset.intersection(*(_seen_by(state, head) for head in heads.values())) | heads.keys()
    for event in state.events:
        act, body = event.act, event.body
        if act.id in known or event.judgement.force not in WITH_A_SAY or not isinstance(body, OpinionBody):
            continue
        if body.revision in heads and body.position is not Position.APPROVE and body.reason:
            name, number = installation.rosters.name(act.person), heads[body.revision].number
            yield ReviewRemark(act.id, "", body.office, name, act.at.date(), body.reason, asks=True, number=number)


def _open_remarks(installation: Installation, state: CaseState, current: Revision) -> Iterator[ReviewRemark]:
    """What others than the owner said in remarks that are open, on this revision or an earlier one."""
    for remark in remarks_of(installation, state, current.author):
        for one in (remark.said, *remark.answers) if remark.open else ():
            if one.person not in {current.author, current.owner}:
                yield ReviewRemark(
                    one.act, remark.about, one.office, one.name, one.day, one.text, asks=False, number=remark.number
                )


def _seen_by(state: CaseState, current: Revision) -> frozenset[str]:
    """The revision and every act its author had: what they said was answered by filing."""
    acts = {event.act.id: event.act for event in state.events}
    found: set[str] = set()
    pending = [current.id]
    while pending:
        name = pending.pop()
        if name in acts and name not in found:
            found.add(name)
            pending += [acts[name].prev, *acts[name].after]
    return frozenset(found)


def asked_now(guide: Guide) -> Mapping[str, Answer]:
    """The answers of a draft that would be filed as it is now: those to questions that are asked."""
    return {question.id: guide.answers[question.id] for question in guide.known.shown if question.id in guide.answers}


def _differs(before: Mapping[str, Answer], after: Mapping[str, Answer], name: str) -> bool:
    return bool(said.changes(_only(before, name), _only(after, name)))


def _only(answers: Mapping[str, Answer], name: str) -> dict[str, Answer]:
    return {name: answers[name]} if name in answers else {}
