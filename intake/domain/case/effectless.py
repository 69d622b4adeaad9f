"""Acts that have every right and do nothing: what they name is not there, or is no such thing.

The fold has nothing to refuse in them, for nothing comes of them. Who is shown one alone must not take it for more: a lift that
names an approval lifts nothing, however well it is signed.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts.kinds.answer import AnswerBody
from intake.domain.acts.kinds.disown import DisownBody
from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.acts.kinds.hand_over import HandOverBody
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.names import is_id
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.event import Event
from intake.domain.case.fates import Fate, Pair
from intake.domain.case.fold import CaseState
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.proposed import STAGE_POINT

_LIFTS_NONE = Wording("LiftsNoSuspension", "it lifts nothing, for what it names suspends nothing")
_DISOWNS_NONE = Wording(
    "DisownsNoSuspension",
    "it disowns nothing, for what it names does not suspend beyond the cut-off of a key of its office, as far as its signer had seen",
)
_NO_REVISION = Wording("OpinionOnNoRevision", "it is about something that is not a revision")
_ANSWERS_NO_REVISION = Wording("AnswersNoRevision", "it answers terms on something that is not a revision")
_ANSWERS_NO_TERMS = Wording("AnswersNoTerms", "both offices have not agreed on the terms that it answers")
_ANSWERS_NO_POINT = Wording("AnswersNoPoint", "it is about something that the terms it answers do not say")
_KEEPS_IT = Wording("HandsToItsSigner", "it hands the use case to its own signer")
_MEASURES_NONE = Wording("MeasuresNothing", "both offices have decided nothing that was running on its day")


@dataclass(frozen=True, slots=True)
class Effectless:
    """Why an act does nothing; ``still`` is whether what could come can change that."""

    reason: Reason
    still: bool = False


def effectless(state: CaseState, event: Event) -> Effectless | None:
    """Why an act of a case does nothing; None where it does something, or where the fold refuses it anyway."""
    match body := event.body:
        case LiftBody():
            suspends = {item.act for item in state.suspensions}
            return None if suspends & set(body.suspensions) else Effectless(_LIFTS_NONE())
        case DisownBody():
            disowned = {item.act for item in state.suspensions if item.disowned and item.office is body.office}
            return None if disowned & set(body.suspensions) else Effectless(_DISOWNS_NONE())
        case OpinionBody():
            return Effectless(_NO_REVISION()) if _is_other(state, body.revision) else None
        case AnswerBody():
            return _answers_nothing(state, body)
        case HandOverBody():
            return Effectless(_KEEPS_IT()) if body.successor == event.act.person else None
        case FiguresBody():
            runs = any(_began(state, pair, body) for pair in state.pairs)
            return None if runs else Effectless(_MEASURES_NONE(), still=True)
        case _:
            return None


def _is_other(state: CaseState, name: str) -> bool:
    """Whether an act of the case is here, and is no revision."""
    return any(event.act.id == name and not isinstance(event.body, RevisionBody) for event in state.events)


def _answers_nothing(state: CaseState, body: AnswerBody) -> Effectless | None:
    if _is_other(state, body.revision):
        return Effectless(_ANSWERS_NO_REVISION())
    pair = next((item for item in state.pairs if (item.revision, item.terms) == (body.revision, body.terms)), None)
    if pair is None:
        return Effectless(_ANSWERS_NO_TERMS(), still=True)
    terms = state.opinion(pair.opinions[0]).terms
    conditions = {item.digest for item in terms.conditions} if terms else set()
    known = is_id(body.about) or body.about == STAGE_POINT or any(body.about in table for table in FIELD_TABLES)
    if known and (not is_id(body.about) or body.about in conditions):
        return None
    return Effectless(_ANSWERS_NO_POINT())


def _began(state: CaseState, pair: Pair, body: FiguresBody) -> bool:
    """Whether what both offices decided had begun by the day of the figures."""
    terms = state.opinion(pair.opinions[0]).terms
    return pair.fate is not Fate.VOID and terms is not None and terms.begins <= body.day
