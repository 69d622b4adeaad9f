"""The history of a use case in words: every act with who, what and when, and whether it counts or why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from intake.domain.acts.kinds import (
    ACCEPT,
    ACCESS,
    ACKNOWLEDGED,
    ANSWER,
    COMMENT,
    CONFIRM,
    DISOWN,
    FIGURES,
    HAND_OVER,
    LIFT,
    NOTICE,
    OPINION,
    REPORT,
    RESOLVED,
    RETIRE,
    RETURN,
    REVISION,
    SEALED,
    SUSPEND,
    TAKE_OVER,
    WITHDRAW,
    Effect,
    is_note,
)
from intake.domain.acts.kinds.access import AccessBody
from intake.domain.acts.kinds.acknowledged import AcknowledgedBody
from intake.domain.acts.kinds.answer import AnswerBody
from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.confirm import ConfirmBody
from intake.domain.acts.kinds.disown import DisownBody
from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.acts.kinds.hand_over import HandOverBody
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.report import ReportBody
from intake.domain.acts.kinds.resolved import ResolvedBody
from intake.domain.acts.kinds.retire import RetireBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.send_back import ReturnBody
from intake.domain.acts.kinds.suspend import SuspendBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.base.money import money_said
from intake.domain.base.wording import shown, words
from intake.domain.base.words import short
from intake.domain.case.event import Event
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.verbs import OpinionVerb
from ui.formatting import day_words, moment_words
from ui.texts import Texts
from ui.theme import Tone
from ui.widgets.blocks import shortened
from ui.widgets.timeline import Moment
from ui.words.cases import stage_words

_SOME = 3


Said: TypeAlias = tuple[str, str, Tone]
"""What an act did, the words of its author, and how it is marked."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry needs besides its act: revisions by number, people by name, what opinions are called, comments and commitments by their words."""

    numbers: Mapping[str, int]
    names: Mapping[str, str]
    verbs: Mapping[str, OpinionVerb]
    comments: Mapping[str, str]
    commitments: Mapping[str, str]


def moments(state: CaseState, names: Mapping[str, str], verbs: Mapping[str, OpinionVerb]) -> tuple[Moment, ...]:
    """Newest first; ``verbs`` are what opinions are called, by act. Notes of a newer version that follow each other are one entry, however many there are."""
    comments = {event.act.id: event.body.text for event in state.events if isinstance(event.body, CommentBody)}
    commitments = {item.commitment.id: item.commitment.text for item in state.commitments}
    told = Told({item.id: item.number for item in state.revisions}, names, verbs, comments, commitments)
    odd = dict(state.unreadable)
    found: list[Moment] = []
    for (note, _), group in groupby(reversed(state.events), lambda event: (_later_note(event), event.judgement)):
        events = tuple(group)
        if note:
            found.append(_notes(events, names))
        else:
            found += [_moment(event, told, words(odd.get(event.act.id))) for event in events]
    return tuple(found)


def _notes(events: Sequence[Event], names: Mapping[str, str]) -> Moment:
    """Notes that are judged alike, the newest first."""
    newest = events[0].act
    people = tuple(dict.fromkeys(names.get(event.act.person, event.act.person) for event in events))
    kinds = tuple(dict.fromkeys(event.act.kind for event in events))
    chip, why = _force(events[0])
    title = (
        CaseHistoryTexts.tr("Left a note of a newer version")
        if len(events) == 1
        else CaseHistoryTexts.tr("Left {count} notes of a newer version").format(count=len(events))
    )
    return Moment(
        title=title,
        who=_some(people),
        when=moment_words(newest.at),
        text="\n".join(part for part in (_some(kinds), why) if part),
        tone=Tone.WARN if chip else Tone.NEUTRAL,
        chip=chip,
    )


def _later_note(event: Event) -> bool:
    return is_note(event.act.kind) and event.kind is None


def _some(items: Sequence[str]) -> str:
    """The first few: thousands of them must not fill the page."""
    return ", ".join(items[:_SOME]) + (" …" if len(items) > _SOME else "")


def _moment(event: Event, told: Told, unreadable: str) -> Moment:
    title, text, tone = _said(event, told)
    chip, why = _force(event)
    if chip:
        tone = Tone.WARN if event.judgement.force is not Force.UNKNOWN else Tone.NEUTRAL
    words = [
        text,
        why,
        CaseHistoryTexts.tr("It cannot be read: {reason}.").format(reason=unreadable) if unreadable else "",
    ]
    return Moment(
        title=title,
        who=told.names.get(event.act.person, event.act.person),
        when=moment_words(event.act.at),
        text="\n".join(part for part in words if part),
        tone=tone,
        chip=chip,
    )


def _said(event: Event, told: Told) -> Said:
    say = WORDS.get(event.act.kind) if event.body is not None else None
    if say:
        return say(event, told)
    if event.kind is not None and event.body is not None:
        return words(event.kind.called), shortened(event.searched), _TONES.get(event.effect, Tone.NEUTRAL)
    return (
        CaseHistoryTexts.tr("Did something this version does not know: {kind}").format(kind=event.act.kind),
        "",
        Tone.NEUTRAL,
    )


def _revision(event: Event, told: Told) -> Said:
    assert isinstance(event.body, RevisionBody)
    number, digest = told.numbers.get(event.act.id), short(event.act.id)
    title = (
        CaseHistoryTexts.tr("Filed revision {number} ({digest})").format(number=number, digest=digest)
        if number
        else CaseHistoryTexts.tr("Filed a revision ({digest})").format(digest=digest)
    )
    return title, event.body.title, Tone.INFO


def _comment(event: Event, _told: Told) -> Said:
    assert isinstance(event.body, CommentBody)
    title = CaseHistoryTexts.tr("Answered a remark") if event.body.answers else CaseHistoryTexts.tr("Commented")
    return title, shortened(event.body.text), Tone.NEUTRAL


def _resolved(event: Event, told: Told) -> Said:
    assert isinstance(event.body, ResolvedBody)
    named = [told.comments[name] for name in event.body.remarks if name in told.comments]
    count = len(event.body.remarks)
    title = (
        CaseHistoryTexts.tr("Resolved a remark")
        if count == 1
        else CaseHistoryTexts.tr("Resolved a remark with its answers")
    )
    return title, "\n".join(shortened(text) for text in named[:_SOME]), Tone.NEUTRAL


def _sealed(_event: Event, _told: Told) -> Said:
    return CaseHistoryTexts.tr("Sealed the record with both signatures"), "", Tone.GOOD


def _withdrawal(event: Event, _told: Told) -> Said:
    assert isinstance(event.body, WithdrawBody)
    return CaseHistoryTexts.tr("Withdrew the use case"), shortened(event.body.reason), Tone.WARN


def _retirement(event: Event, _told: Told) -> Said:
    assert isinstance(event.body, RetireBody)
    return CaseHistoryTexts.tr("Retired the use case"), shortened(event.body.reason), Tone.WARN


def _acknowledged(event: Event, _told: Told) -> Said:
    assert isinstance(event.body, AcknowledgedBody)
    words = CaseHistoryTexts.tr("{office} acknowledged that it is retired").format(office=event.body.office.label)
    return words, "", Tone.NEUTRAL


def _hand_over(event: Event, told: Told) -> Said:
    assert isinstance(event.body, HandOverBody)
    who = told.names.get(event.body.successor, event.body.successor)
    return CaseHistoryTexts.tr("Handed it over to {name}").format(name=who), shortened(event.body.reason), Tone.INFO


def _take_over(_event: Event, _told: Told) -> Said:
    return CaseHistoryTexts.tr("Took the use case over"), "", Tone.INFO


def _notice(event: Event, _told: Told) -> Said:
    assert isinstance(event.body, NoticeBody)
    return (
        CaseHistoryTexts.tr("Signed a notice ({digest})").format(digest=short(event.body.record.sha256)),
        "",
        Tone.NEUTRAL,
    )


def _access(event: Event, _told: Told) -> Said:
    assert isinstance(event.body, AccessBody)
    count = len(event.body.readers)
    return CaseHistoryTexts.tr("Gave access with %Ln keys", "", count), "", Tone.NEUTRAL


def _disowned(event: Event, _told: Told) -> Said:
    body = event.body
    assert isinstance(body, DisownBody)
    words = CaseHistoryTexts.tr("{office} disowned %Ln suspensions", "", len(body.suspensions))
    return words.format(office=body.office.label), shortened(body.reason), Tone.GOOD


def _suspension(event: Event, _told: Told) -> Said:
    body = event.body
    assert isinstance(body, SuspendBody)
    words = CaseHistoryTexts.tr("{office} suspended the use case").format(office=body.office.label)
    return words, shortened(body.reason), Tone.BAD


def _lift(event: Event, _told: Told) -> Said:
    body = event.body
    assert isinstance(body, LiftBody)
    words = CaseHistoryTexts.tr("{office} lifted %Ln suspensions", "", len(body.suspensions))
    return words.format(office=body.office.label), shortened(body.reason), Tone.GOOD


def _report(event: Event, told: Told) -> Said:
    body = event.body
    assert isinstance(body, ReportBody)
    words = CaseHistoryTexts.tr("Reported that a commitment is met")
    return words, _about(told, body.commitment, body.text), Tone.INFO


def _confirmation(event: Event, told: Told) -> Said:
    body = event.body
    assert isinstance(body, ConfirmBody)
    words = CaseHistoryTexts.tr("{office} confirmed a report").format(office=body.office.label)
    return words, _about(told, body.commitment), Tone.GOOD


def _return(event: Event, told: Told) -> Said:
    body = event.body
    assert isinstance(body, ReturnBody)
    words = CaseHistoryTexts.tr("{office} sent a report back").format(office=body.office.label)
    return words, _about(told, body.commitment, body.reason), Tone.WARN


def _about(told: Told, commitment: str, text: str = "") -> str:
    """What the commitment is, and what was said of it."""
    parts = (told.commitments.get(commitment, short(commitment)), text)
    return "\n".join(shortened(part) for part in parts if part)


def _figures(event: Event, _told: Told) -> Said:
    body = event.body
    assert isinstance(body, FiguresBody)
    title = CaseHistoryTexts.tr("Reported users and cost, as of {day}").format(day=day_words(body.day))
    cost = shown(money_said(body.cost)) if body.cost else CaseHistoryTexts.tr("nothing spent")
    return title, CaseHistoryTexts.tr("%Ln people use it; {cost}", "", body.users).format(cost=cost), Tone.NEUTRAL


def _acceptance(_event: Event, _told: Told) -> Said:
    return CaseHistoryTexts.tr("Accepted for the owner what both offices decided"), "", Tone.GOOD


def _owner_answer(event: Event, _told: Told) -> Said:
    body = event.body
    assert isinstance(body, AnswerBody)
    return CaseHistoryTexts.tr("Answered a point of the decision"), shortened(body.text), Tone.WARN


def _opinion(event: Event, told: Told) -> Said:
    body = event.body
    assert isinstance(body, OpinionBody)
    titles = {
        OpinionVerb.APPROVE: (CaseHistoryTexts.tr("{office} approved these terms on revision {number}"), Tone.GOOD),
        OpinionVerb.APPROVE_MINE: (
            CaseHistoryTexts.tr("{office} approved with their own terms on revision {number}"),
            Tone.GOOD,
        ),
        OpinionVerb.PROPOSE: (CaseHistoryTexts.tr("{office} proposed other terms on revision {number}"), Tone.WARN),
        OpinionVerb.CHANGES: (CaseHistoryTexts.tr("{office} requested changes to revision {number}"), Tone.WARN),
        OpinionVerb.DECLINE: (CaseHistoryTexts.tr("{office} declined revision {number}"), Tone.BAD),
    }
    words, tone = titles[told.verbs[event.act.id]]
    title = words.format(office=body.office.label, number=told.numbers.get(body.revision, "?"))
    text = shortened(body.reason)
    if body.terms is not None:
        count = len(body.terms.conditions)
        conditions = CaseHistoryTexts.tr("%Ln conditions", "", count) if count else CaseHistoryTexts.tr("no conditions")
        given = CaseHistoryTexts.tr("{stage} until {day}, {conditions} ({digest})").format(
            stage=stage_words(body.terms.stage),
            day=day_words(body.terms.expires),
            conditions=conditions,
            digest=short(body.terms_digest),
        )
        text = f"{given}\n{text}" if text else given
    elif body.newer is not None:
        given = CaseHistoryTexts.tr("Boundaries of a newer version ({digest})").format(digest=short(body.terms_digest))
        text = f"{given}\n{text}" if text else given
    return title, text, tone


def _force(event: Event) -> tuple[str, str]:
    """The chip of an act that does not simply count, and the reason in a sentence."""
    chips = {
        Force.OBJECTS: CaseHistoryTexts.tr("counts as objection only"),
        Force.SPENT: CaseHistoryTexts.tr("no longer counts"),
        Force.UNJUDGED: CaseHistoryTexts.tr("waits"),
        Force.WAITS: CaseHistoryTexts.tr("waits"),
        Force.IGNORED: CaseHistoryTexts.tr("does not count"),
        Force.UNKNOWN: CaseHistoryTexts.tr("not understood"),
    }
    force, reason = event.judgement.force, event.judgement.reason
    chip = chips.get(force, "")
    return chip, CaseHistoryTexts.tr("Why: {reason}.").format(reason=words(reason)) if chip and reason else ""


class CaseHistoryTexts(Texts):
    pass


WORDS: dict[str, Callable[[Event, Told], Said]] = {
    REVISION.name: _revision,
    OPINION.name: _opinion,
    COMMENT.name: _comment,
    RESOLVED.name: _resolved,
    SEALED.name: _sealed,
    SUSPEND.name: _suspension,
    LIFT.name: _lift,
    REPORT.name: _report,
    CONFIRM.name: _confirmation,
    RETURN.name: _return,
    FIGURES.name: _figures,
    ACCEPT.name: _acceptance,
    ANSWER.name: _owner_answer,
    WITHDRAW.name: _withdrawal,
    RETIRE.name: _retirement,
    ACKNOWLEDGED.name: _acknowledged,
    HAND_OVER.name: _hand_over,
    TAKE_OVER.name: _take_over,
    DISOWN.name: _disowned,
    NOTICE.name: _notice,
    ACCESS.name: _access,
}
"""What is said of a kind of act with more than its name and the words of its author."""

_TONES = {Effect.CLOSES: Tone.WARN, Effect.HOLDS: Tone.BAD, Effect.RELEASES: Tone.GOOD, Effect.SEALS: Tone.GOOD}
