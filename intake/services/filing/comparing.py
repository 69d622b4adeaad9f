"""Revisions of one use case compared answer by answer: which questions differ, what each says, who signed each and when.

Read from the signed acts; nothing is written here. Revisions that are newest together compete: none of them had seen another,
and the next one takes the place of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption
from intake.domain.base.words import short
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.case.summary import reference
from intake.domain.guide.as_filed import for_the_next, readable
from intake.domain.guide.guide import Guide
from intake.domain.guide.side_by_side import AnswersBeside, AnswerSet, side_by_side
from intake.domain.playbook import answers as said
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.playbook.whole import Playbook
from intake.services.installation.installation import Installation


class OnlyOneRevision(Refusal):
    what = "There is nothing to compare: {reference} has one revision."
    why = "A comparison shows where two revisions of one use case differ."
    next = "Look at the use case itself; once it is filed again, its revisions can be compared."


class NoSuchRevision(Refusal):
    what = "{reference} has no revision “{name}”."
    why = "A revision is named by its number or by the beginning of its id."
    next = "Compare without naming any: the answer lists every revision with its number and its id."


class SeveralRevisions(Refusal):
    what = "{reference} has several revisions that “{name}” can mean: {ids}."
    why = "Revisions that were filed apart from each other share a number."
    next = "Name it by the beginning of its id."


_OWNER = Caption("ComparedOwner", "Owner")
_PLAYBOOK = Caption("ComparedPlaybook", "Playbook")
_TITLE = Caption("ComparedTitle", "Title in the register")
_UNIT = Caption("ComparedUnit", "Unit in the register")
_STAGE = Caption("ComparedStage", "Stage in the register")
_FILES = Caption("ComparedFiles", "Files that no answer names")
_PLAYBOOK_NOT_HERE = Caption("ComparedPlaybookNotHere", "not here ({digest})")
_PLAYBOOK_SAID = Caption("ComparedPlaybookSaid", "{title}, {version} ({digest})")


@dataclass(frozen=True, slots=True)
class ComparedRevision:
    """One side of a comparison: ``name`` is who signed it, ``at`` when that says it was, ``current`` whether it is a newest."""

    id: str
    number: int
    person: str
    name: str
    at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class ComparedFact:
    """What differs besides the answers, such as the owner: its name and what each side says."""

    key: str
    label: Reason
    said: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class RevisionsCompared:
    """``sides`` are the revisions, the newest first; every row has as many answers, in their order.

    ``rows`` differ, ``same`` do not; ``facts`` are what differs besides the answers. ``every`` are all revisions there are.
    ``competing`` says that the sides are all the newest revisions of the case, and more than one.
    """

    case: str
    reference: str
    title: str
    sides: tuple[ComparedRevision, ...]
    rows: tuple[AnswersBeside, ...]
    same: tuple[AnswersBeside, ...]
    facts: tuple[ComparedFact, ...]
    every: tuple[ComparedRevision, ...]
    competing: bool


@dataclass(frozen=True, slots=True)
class DraftCompared:
    """A draft beside the newest revisions: in each of ``rows``, which differ, the draft is first, then ``sides``."""

    sides: tuple[ComparedRevision, ...]
    rows: tuple[AnswersBeside, ...]
    same: int


def compare(installation: Installation, case: str, revisions: Iterable[str] = ()) -> RevisionsCompared:
    """These revisions (their ids), else those that compete, else the newest and the one before.

    Raises NothingFiled, OnlyOneRevision or NoSuchRevision.
    """
    state = installation.state(case)
    known = {item.id: item for item in state.revisions}
    wanted = list(dict.fromkeys(revisions)) or _by_themselves(state)
    for name in wanted:
        if name not in known:
            raise NoSuchRevision(reference=reference(case), name=name)
    if len(wanted) < 2:
        raise OnlyOneRevision(reference=reference(case))
    return _compared(installation, state, wanted)


def named(installation: Installation, case: str, name: str) -> str:
    """The id of a revision by its number or the beginning of its id. Raises NothingFiled, NoSuchRevision, SeveralRevisions."""
    state = installation.state(case)
    found = [item.id for item in state.revisions if name in (str(item.number), item.id)]
    if not found and len(name) >= 4:
        found = [item.id for item in state.revisions if item.id.startswith(name.lower())]
    if not found:
        raise NoSuchRevision(reference=reference(case), name=name)
    if len(found) > 1:
        raise SeveralRevisions(reference=reference(case), name=name, ids=", ".join(item[:12] for item in found))
    return found[0]


def competing(installation: Installation, state: CaseState) -> RevisionsCompared | None:
    """The newest revisions of a case compared, to choose the answers of the next; None while there is only one.

    A file that an answer names and that is attached nowhere cannot be chosen: nobody could file it again.
    """
    return _compared(installation, state, state.heads, for_the_next) if len(state.heads) > 1 else None


def with_draft(installation: Installation, state: CaseState, guide: Guide) -> DraftCompared:
    """What the draft of the next revision would change: its answers to what is asked now, beside the newest revisions."""
    found = _newest_first(installation, state, state.heads)
    asked = {item.id: guide.answers[item.id] for item in guide.known.shown if item.id in guide.answers}
    sets = [AnswerSet(asked, guide.playbook), *(_answers(installation, state, item.id) for item in found)]
    rows = side_by_side(sets)
    return DraftCompared(found, tuple(row for row in rows if row.differs), sum(not row.differs for row in rows))


def _by_themselves(state: CaseState) -> list[str]:
    if len(state.heads) > 1:
        return list(state.heads)
    current = state.current
    known = {item.id: item for item in state.revisions}
    before = [known[name] for name in (current.body.revises if current else ()) if name in known]
    newest = sorted(before, key=lambda item: (-item.number, item.id))[:1]
    return [item.id for item in (*([current] if current else []), *newest)]


def _compared(
    installation: Installation,
    state: CaseState,
    revisions: Iterable[str],
    given: Callable[[RevisionBody], Answers] = readable,
) -> RevisionsCompared:
    sides = _newest_first(installation, state, revisions)
    rows = side_by_side([_answers(installation, state, item.id, given) for item in sides])
    current = state.revision(sides[0].id)
    return RevisionsCompared(
        case=state.case,
        reference=reference(state.case),
        title=current.body.title,
        sides=sides,
        rows=tuple(row for row in rows if row.differs),
        same=tuple(row for row in rows if not row.differs),
        facts=_facts(installation, [state.revision(item.id) for item in sides]),
        every=_newest_first(installation, state, [item.id for item in state.revisions]),
        competing=len(sides) > 1 and {item.id for item in sides} == set(state.heads),
    )


def _newest_first(
    installation: Installation, state: CaseState, revisions: Iterable[str]
) -> tuple[ComparedRevision, ...]:
    """By number, and of those that share one by the moment their signers gave."""
    found = []
    for name in revisions:
        revision, act = state.revision(name), state.event(name).act
        signer = installation.rosters.name(act.person)
        found.append(ComparedRevision(name, revision.number, act.person, signer, act.at, revision.current))
    return tuple(sorted(sorted(found, key=lambda item: item.id), key=lambda item: (item.number, item.at), reverse=True))


def _answers(
    installation: Installation, state: CaseState, revision: str, given: Callable[[RevisionBody], Answers] = readable
) -> AnswerSet:
    body = state.revision(revision).body
    return AnswerSet(given(body), _playbook(installation, body.playbook))


def _playbook(installation: Installation, digest: str) -> Playbook | None:
    try:
        return installation.playbook(digest)
    except Refusal:
        # The answers are compared all the same; without its playbook a question has no words.
        return None


def _facts(installation: Installation, revisions: Sequence[Revision]) -> tuple[ComparedFact, ...]:
    """What the revisions say besides the answers, where they differ in it."""
    bodies = [item.body for item in revisions]
    answers = [readable(body) for body in bodies]
    given: list[tuple[str, Reason, list[Fact]]] = [
        ("owner", _OWNER(), [installation.rosters.name(body.owner) for body in bodies]),
        ("playbook", _PLAYBOOK(), [_playbook_said(installation, body.playbook) for body in bodies]),
        (
            "files",
            _FILES(),
            [_unnamed(body.attachments, given) for body, given in zip(bodies, answers, strict=True)],
        ),
    ]
    if not _answers_differ(answers):
        # These follow from answers; without a difference there they were not written by a program of ours.
        given += [
            ("title", _TITLE(), [body.title for body in bodies]),
            ("unit", _UNIT(), [body.unit for body in bodies]),
            ("stage", _STAGE(), [body.stage.value for body in bodies]),
        ]
    return tuple(ComparedFact(key, label, tuple(values)) for key, label, values in given if len(set(values)) > 1)


def _answers_differ(answers: Sequence[Mapping[str, Answer]]) -> bool:
    return any(said.changes(answers[0], other) for other in answers[1:])


def _playbook_said(installation: Installation, digest: str) -> Fact:
    found = _playbook(installation, digest)
    if found is None:
        return _PLAYBOOK_NOT_HERE(digest=short(digest))
    return _PLAYBOOK_SAID(title=found.title, version=found.version, digest=short(digest))


def _unnamed(files: Iterable[Attachment], answers: Mapping[str, Answer]) -> str:
    named_there = {file.sha256 for answer in answers.values() for file in answer.files}
    return ", ".join(f"{file.name} ({short(file.sha256)})" for file in files if file.sha256 not in named_there)
