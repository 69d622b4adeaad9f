"""The history of a use case in words: every act with who, what and when, and whether it counts or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from intake.domain.acts import Kind
from intake.domain.bodies import CommentBody, OpinionBody, Position, RevisionBody, SealedBody, WithdrawBody
from intake.domain.fold import CaseState
from intake.domain.fold.case import Event
from intake.domain.fold.judge import Force
from intake.domain.kinds import is_note
from intake.domain.words import short
from ui.formatting import exact_day, exact_moment
from ui.review.parts import shortened
from ui.texts import Texts
from ui.theme import Tone
from ui.widgets.timeline import Moment
from ui.words import stage_words

_SOME = 3


def moments(state: CaseState, names: Mapping[str, str]) -> tuple[Moment, ...]:
    """Newest first. Notes of a newer version that follow each other are one entry, however many there are."""
    numbers = {item.id: item.number for item in state.revisions}
    odd = dict(state.unreadable)
    found: list[Moment] = []
    for (note, _), group in groupby(reversed(state.events), lambda event: (is_note(event.act.kind), event.judgement)):
        events = tuple(group)
        if note:
            found.append(_notes(events, names))
        else:
            found += [_moment(event, numbers, names, odd.get(event.act.id, "")) for event in events]
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
        when=f"{newest.at:%Y-%m-%d %H:%M} UTC",
        text="\n".join(part for part in (_some(kinds), why) if part),
        tone=Tone.WARN if chip else Tone.NEUTRAL,
        chip=chip,
    )


def _some(items: Sequence[str]) -> str:
    """The first few: thousands of them must not fill the page."""
    return ", ".join(items[:_SOME]) + (" …" if len(items) > _SOME else "")


def _moment(event: Event, numbers: Mapping[str, int], names: Mapping[str, str], unreadable: str) -> Moment:
    title, text, tone = _said(event, numbers)
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
        who=names.get(event.act.person, event.act.person),
        when=exact_moment(event.act.at),
        text="\n".join(part for part in words if part),
        tone=tone,
        chip=chip,
    )


def _said(event: Event, numbers: Mapping[str, int]) -> tuple[str, str, Tone]:
    body = event.body
    match body:
        case RevisionBody():
            number = numbers.get(event.act.id)
            title = (
                CaseHistoryTexts.tr("Filed revision {number} ({digest})").format(
                    number=number, digest=short(event.act.id)
                )
                if number
                else CaseHistoryTexts.tr("Filed a revision ({digest})").format(digest=short(event.act.id))
            )
            return title, body.title, Tone.INFO
        case OpinionBody():
            return _opinion(body, numbers)
        case CommentBody():
            return CaseHistoryTexts.tr("Commented"), shortened(body.text), Tone.NEUTRAL
        case SealedBody():
            return CaseHistoryTexts.tr("Sealed the record with both signatures"), "", Tone.GOOD
        case WithdrawBody():
            return CaseHistoryTexts.tr("Withdrew the use case"), shortened(body.reason), Tone.WARN
    if event.act.kind == Kind.CHECKPOINT:
        return CaseHistoryTexts.tr("Wrote down what was known then"), "", Tone.NEUTRAL
    return (
        CaseHistoryTexts.tr("Did something this version does not know: {kind}").format(kind=event.act.kind),
        "",
        Tone.NEUTRAL,
    )


def _opinion(body: OpinionBody, numbers: Mapping[str, int]) -> tuple[str, str, Tone]:
    titles = {
        Position.APPROVE: (CaseHistoryTexts.tr("{office} approved terms on revision {number}"), Tone.GOOD),
        Position.CHANGES: (CaseHistoryTexts.tr("{office} asked for changes to revision {number}"), Tone.WARN),
        Position.DECLINE: (CaseHistoryTexts.tr("{office} declined revision {number}"), Tone.BAD),
    }
    words, tone = titles[body.position]
    title = words.format(office=body.office.label, number=numbers.get(body.revision, "?"))
    text = shortened(body.reason)
    if body.terms is not None:
        count = len(body.terms.conditions)
        conditions = CaseHistoryTexts.tr("%Ln conditions", "", count) if count else CaseHistoryTexts.tr("no conditions")
        given = CaseHistoryTexts.tr("{stage} until {day}, {conditions} ({digest})").format(
            stage=stage_words(body.terms.stage),
            day=exact_day(body.terms.expires),
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
    return chip, CaseHistoryTexts.tr("Why: {reason}.").format(reason=reason) if chip and reason else ""


class CaseHistoryTexts(Texts):
    pass
