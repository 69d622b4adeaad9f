"""The signed records of a use case that are here: which one is handed out, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, listed, words
from intake.domain.case.decision import Decision
from intake.domain.case.event import Event
from intake.domain.case.fates import Fate
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY
from intake.domain.case.phases import Outcome, Phase, RecordState
from intake.domain.case.standing_said import StandsToday
from intake.records.content import SignatureField
from intake.records.proof.verdict import Indication, RecordVerdict
from intake.records.reading import claims
from intake.services.deciding.noticing import notices
from intake.services.installation.installation import Installation
from intake.services.outside.refusals import ReaderNotStarted
from intake.services.proving.verifying import verify

Judge: TypeAlias = Callable[[Installation, bytes], RecordVerdict]
"""Judges a file by a register: ``outside.judge.by_register``, in another process. What others signed can harm whatever
opens it; ``verifying.verify`` opens it here, and is for files that were made here.
"""


class NoRecord(Refusal):
    what = "There is no record of this use case yet."
    why = "A record is made when an office approves, when one declines, or when the business withdraws."
    next = "Come back when it is decided."


class NotItsRecord(Refusal):
    what = "No signed record of this use case has the SHA-256 {sha256}."
    why = "Only what was signed in it is handed out, and only files that are here."
    next = "Look at the use case for the records there are, or fetch from the exchange."


class RecordFails(Refusal):
    what = "Every signed record of this use case fails its verdict: {reason}"
    why = "Nothing is handed out as a record that proves something else than the acts say."
    next = "Tell the records team; the decision itself is in the acts, and they are not in doubt."


@dataclass(frozen=True, slots=True)
class AtHand:
    """A signed record of a case to show or save. ``said`` is what it lacks as the record; None when it is sealed. ``stands`` is
    what became of what it says, as its verdict has it.
    """

    attachment: Attachment
    data: bytes
    state: RecordState
    rivals: tuple[str, ...]
    said: Reason | None
    stands: StandsToday | None = None

    @property
    def words(self) -> str:
        """``said`` in words; empty when it is sealed."""
        return words(self.said)

    @property
    def earlier(self) -> bool:
        """Whether it is the sealed record of a decision that is not in force now."""
        return self.said is not None and self.said.code == _EARLIER.code


_ANOTHER_CASE = Sentence("RecordOfAnotherCase", "It is about another use case.")
_NEWER_BOUNDARIES = Sentence(
    "RecordOfNewerBoundaries",
    "Both offices agreed on boundaries of a newer version: only that can tell what this file is worth.",
)
_EARLIER = Sentence(
    "RecordOfEarlierDecision",
    "It was decided on these terms, and the decision is not in force now: look at the use case.",
)
_NOT_SURE = Sentence("RecordNotSure", "It cannot be said that this is the record. {verdict}")
_ONE_SIGNATURE = Sentence("RecordOneSignature", "One signature so far: nothing is decided by it.")
_SEALED_APART = Sentence("RecordSealedApart", "It was sealed in different files, apart from each other: {files}.")
_LACKS_SEAL = Sentence("RecordLacksSeal", "Both offices have decided; this copy still lacks what makes it the record.")
_NOT_THE_DECLINE = Sentence(
    "RecordNotTheDecline",
    "It was declined, and the decline brought no record that holds; this copy is not about the decline.",
)
_SEALED_FAILS = Sentence(
    "RecordSealedFails", "The file that was sealed does not hold; this is a signed copy. Tell the records team."
)


def at_hand(installation: Installation, case: str, judge: Judge, only: str = "") -> AtHand:
    """The sealed record, else the newest signed copy that holds; or the one with the SHA-256 ``only``.

    Raises NoRecord, NotItsRecord, RecordFails or what ends ``judge``.

    A file that is not what the act beside it says, that is about another use case, or that fails its verdict or cannot
    be judged, is never handed out.
    """
    state = installation.state(case)
    decision = state.decision or state.in_force
    record_state = decision.record_state if decision else RecordState.NONE
    rivals = tuple(item.sha256 for item in decision.rivals) if decision else ()
    earlier = () if decision else _sealed_before(state)
    copies = tuple(record for event in reversed(state.events) if (record := _signed_copy(installation, event)))
    if decision:
        candidates = _stands(decision) + copies
    else:
        candidates = copies + earlier if state.phase is Phase.WITHDRAWN else earlier + copies
    failed: Reason | None = None
    if only:
        others = (*_sealed_before(state), *(record for _, record in notices(state)))
        candidates = tuple(item for item in (*candidates, *others) if item.sha256 == only)
    for item in candidates:
        data = installation.register.queries.blob(item.sha256)
        if data is None:
            continue
        # What the fold asks of a file is its form and signatures; what a verdict asks is more (``records.validate``).
        try:
            verdict = judge(installation, data)
            about = claims.case_of(data)
        except ReaderNotStarted:
            raise  # which says something about this computer, and nothing about the record
        except Refusal as refusal:
            failed = failed or refusal.given
            continue
        if verdict.indication is Indication.FAILED or not verdict.signatures:
            failed = failed or verdict.said
        elif about != case:
            failed = failed or _ANOTHER_CASE()
        else:
            earlier_one = only and decision and item in _sealed_before(state) and item not in _stands(decision)
            said = _EARLIER() if earlier_one else _said(state, decision, item, verdict)
            return AtHand(item, data, record_state, rivals, said, verdict.stands)
    if failed:
        raise RecordFails(reason=failed)
    raise NotItsRecord(sha256=only) if only else NoRecord()


def record_of(installation: Installation, case: str) -> tuple[Attachment, bytes]:
    """The file alone of ``records_at_hand``, opened in this process: for a register that was filled by this process itself."""
    found = at_hand(installation, case, verify)
    return found.attachment, found.data


def _signed_copy(installation: Installation, event: Event) -> Attachment | None:
    """The copy that an opinion or a withdrawal with a say brought: the pages it names, with its own signature on them."""
    body = event.body
    if (
        not isinstance(body, OpinionBody | WithdrawBody)
        or body.record is None
        or event.judgement.force not in WITH_A_SAY
    ):
        return None
    record_file = installation.record_files.over(installation.register.queries.blob)(body.record.sha256)
    sound = record_file is not None and record_file.base == body.base and event.act.signer in record_file.keys
    return body.record if sound else None


def _sealed_before(state: CaseState) -> tuple[Attachment, ...]:
    """The records that were sealed in this case, the newest first: of decisions that do not stand now."""
    names = {name for group in state.seals for name in group}
    found = (event.body for event in reversed(state.events) if event.act.id in names)
    return tuple(body.record for body in found if isinstance(body, SealedBody))


def _said(state: CaseState, decision: Decision | None, item: Attachment, verdict: RecordVerdict) -> Reason | None:
    if item in {record for _, record in notices(state)}:
        return None if verdict.passed else _NOT_SURE(verdict=verdict.said)
    if decision is None and any(pair.fate is Fate.UNJUDGED for pair in state.pairs):
        return _NEWER_BOUNDARIES()
    if decision is None and item in _sealed_before(state):
        return _EARLIER()
    if decision is None and state.phase is Phase.WITHDRAWN and SignatureField.OWNER in _fields(verdict):
        return None if verdict.passed else _NOT_SURE(verdict=verdict.said)
    if decision is None:
        return _ONE_SIGNATURE()
    if decision.record_state is RecordState.CONTRADICTED:
        return _SEALED_APART(files=listed([item.sha256 for item in decision.rivals]))
    if decision.record_state is RecordState.OPEN:
        return _LACKS_SEAL()
    if decision.record == item:
        return None if verdict.passed else _NOT_SURE(verdict=verdict.said)
    if decision.outcome is Outcome.DECLINED:
        return _NOT_THE_DECLINE()
    return _SEALED_FAILS()


def _stands(decision: Decision) -> tuple[Attachment, ...]:
    return (decision.record,) if decision.record else decision.rivals


def _fields(verdict: RecordVerdict) -> frozenset[SignatureField]:
    return frozenset(found.field for found in verdict.signatures)
