"""The pages of a record made again from signed acts, to be compared with those of a file.

What a record says follows from the revision, the terms (or the reason), the playbook and the roster the revision names,
which also tells the engine that judges it; so anybody who has the acts can make its pages. That the offices signed these very pages proves less than it seems when both
were shown others: here the acts speak, not the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.assessment.engines import EngineNotHere, engine
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence
from intake.domain.case.event import Event
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY
from intake.domain.organisation.history import RosterHistory
from intake.domain.playbook import answers
from intake.domain.terms.terms import Terms
from intake.records.notice_file import NoticeFile
from intake.records.proof.verdict import UPDATE, Reprint
from intake.records.refusals import RecordRefused, UnknownEdition
from intake.services.installation.press import Press

if TYPE_CHECKING:
    from intake.records.case_file import CaseFile
    from intake.records.proof.rebuild import Compose

_NO_PRESS = Sentence("ReprintNoPress", "What pages are printed with is not at hand.")
_NEWER_TERMS = Sentence("ReprintNewerTerms", "The terms use boundaries of a newer version.")
_ACT_NOT_HERE = Sentence("ReprintActNotHere", "An act that the record is about is not here.")
_FAILED = Sentence("ReprintFailed", "Printing what the acts say failed ({error}).")
_ASSESSED_OTHERWISE = Sentence(
    "ReprintAssessedOtherwise", "This version of Countersign assesses the answers differently."
)
_TOO_MANY = Sentence("ReprintTooMany", "They are none of the {tries} likeliest, and no more are tried.")

MOST_TRIES = 20
"""Bases that are printed for one file: an owner can file thousands of revisions, and each takes a moment."""


def reprint(
    pages: bytes, twin: bytes, state: CaseState, said: Sequence[Event], rosters: RosterHistory, press: Press | None
) -> Reprint:
    """The base that one of ``said`` (opinions, withdrawals or notices) should have been signed on, to be compared with ``pages``.

    It is printed in the edition and under the names of libraries that ``twin`` gives.
    """
    from intake.records.proof import rebuild

    if press is None:
        return Reprint(why_not=_NO_PRESS())
    if any(isinstance(event.body, OpinionBody) and event.body.newer for event in said):
        return Reprint(why_not=_NEWER_TERMS(), claimed=True, step=UPDATE())
    likeliest = None
    try:
        tries = _contents(state, said, rosters, press)
        for compose in islice(tries, MOST_TRIES):
            made = rebuild.printed_alike(twin, compose, press.printer)
            if made.base == pages:
                return made
            likeliest = likeliest or made
        left = next(tries, None) is not None
    except RecordRefused as refusal:
        step = refusal.told("next") if isinstance(refusal, UnknownEdition) else None
        return Reprint(why_not=refusal.given, claimed=True, step=step)
    except Refusal as refusal:
        return Reprint(why_not=refusal.given, step=UPDATE() if isinstance(refusal, EngineNotHere) else None)
    except KeyError:
        return Reprint(why_not=_ACT_NOT_HERE())
    except Exception as error:  # noqa: BLE001  # what is printed was written by others: one file must not end a batch
        return Reprint(why_not=_FAILED(error=type(error).__name__), claimed=True)
    if likeliest is None:
        return Reprint(why_not=_ASSESSED_OTHERWISE(), claimed=True)
    if left:
        return Reprint(why_not=_TOO_MANY(tries=MOST_TRIES), claimed=True)
    return likeliest


def _contents(state: CaseState, said: Sequence[Event], rosters: RosterHistory, press: Press) -> Iterator[Compose]:
    """What the record may say, the likeliest first; nothing when the assessment that was signed cannot be made again.

    A withdrawal does not name the revision its record shows: any of the newest that its owner had filed will do. What a
    revision is worth by now does not matter, for the pages were printed when it counted.
    """
    filed = {revision.id: revision for revision in state.filed if _has_a_say(state, revision)}
    bodies: dict[tuple[str, ...], OpinionBody | WithdrawBody] = {}
    for event in said:
        if isinstance(body := event.body, NoticeBody):
            yield _notice(NoticeFile(state, _filed(state, body), rosters, state.event(body.about), body.changes))
        if isinstance(body := event.body, OpinionBody):
            words = body.terms_digest if body.terms else body.reason
            bodies.setdefault((body.revision, body.assessment, body.position.value, words), body)
        elif isinstance(body, WithdrawBody):
            bodies.setdefault((body.reason,), body)
    absent = ""
    for body in bodies.values():
        if isinstance(body, WithdrawBody):
            for revision in reversed(filed.values()):
                yield _withdrawal(_case_file(state, revision, rosters, press), body.reason)
        elif body.revision not in filed:
            absent = body.revision
        else:
            case_file = _case_file(state, filed[body.revision], rosters, press, body.terms)
            if case_file.assessment.digest == body.assessment:
                yield _opinion(case_file, body)
    if absent:
        raise KeyError(absent)


def _has_a_say(state: CaseState, revision: Revision) -> bool:
    return state.event(revision.id).judgement.force in WITH_A_SAY


def _opinion(case_file: CaseFile, body: OpinionBody) -> Compose:
    if (terms := body.terms) is None:
        return lambda edition: edition.declined(case_file, body.office, body.reason)
    return lambda edition: edition.decision(case_file, terms)


def _withdrawal(case_file: CaseFile, reason: str) -> Compose:
    return lambda edition: edition.withdrawn(case_file, reason)


def _notice(file: NoticeFile) -> Compose:
    return lambda edition: edition.notice(file)


def _filed(state: CaseState, body: NoticeBody) -> Revision:
    """Raises KeyError while the revision that a notice names is not here."""
    return {item.id: item for item in state.filed}[body.revision]


def _case_file(
    state: CaseState, revision: Revision, rosters: RosterHistory, press: Press, given: Terms | None = None
) -> CaseFile:
    from intake.records.case_file import CaseFile

    playbook = press.playbook(revision.body.playbook)
    judging, said = engine(press.engines, revision.engine), answers.from_json(revision.body.answers)
    if given is None:
        made = judging.assess(playbook, said)
        return CaseFile(state, revision, rosters, playbook, made)
    granted = judging.assess_granted(playbook, said, given)
    return CaseFile(state, revision, rosters, playbook, granted.on_terms, granted)
