"""Withdrawing a use case: the pages its owner signs, shown before, and the act that ends it."""

from __future__ import annotations

from intake.domain.acts.kinds import WITHDRAW
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.assessment.engines import NotAssessed
from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.visible import plain
from intake.domain.case.allowed import allowed
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import shown
from intake.domain.case.summary import reference
from intake.domain.case.writing import WITHDRAWAL
from intake.records.content import SignatureField
from intake.records.signatures.sign import sign_record
from intake.services.deciding.boxes import boxes_of_reason, boxes_on_pages
from intake.services.deciding.unsigned import signed_words
from intake.services.installation.act_writer import ActWriter, require_unmoved
from intake.services.installation.installation import Installation, PersonWithKey


def withdraw(
    installation: Installation, signer: PersonWithKey, case: str, reason: str, *, seen: tuple[str, ...] | None = None
) -> str:
    """End a use case, with a record its withdrawer signs where this program can assess it. Gives the act id.

    ``seen`` is what was ``shown`` of the case when its pages were looked at. Raises NotYours, AlreadyWithdrawn or
    CaseMoved.
    """
    state = _to_withdraw(installation, signer.person, case)
    require_unmoved(state, seen)
    writer = ActWriter(installation, signer)
    body = WithdrawBody(plain(reason))
    base = _pages(installation, state, body.reason)
    if base:
        body = _recorded(installation, signer, writer, state, base, body.reason)
    made = writer.write(WITHDRAW, body, case=case, seen=shown(state))
    writer.store(signed=signed_words(installation, signer.person, case, body.reason, (WITHDRAWAL,)))
    return made.act.id


def require_withdrawing(installation: Installation, person: str, case: str) -> None:
    """Raise the refusal of a withdrawal by this person: NotYours or AlreadyWithdrawn."""
    _to_withdraw(installation, person, case)


def withdrawal_pages(installation: Installation, person: str, case: str, reason: str) -> bytes:
    """The PDF that ``withdraw`` signs; empty where this program cannot assess the use case. Raises as it does."""
    return _pages(installation, _to_withdraw(installation, person, case), plain(reason))


def withdrawal_boxes(installation: Installation, person: str, case: str, reason: str) -> Reason | None:
    """What its pages cannot show, to be said before they are signed; None for nothing. Raises as ``withdraw`` does."""
    state = _to_withdraw(installation, person, case)
    current, reason = state.current, plain(reason)
    assert current is not None  # installation.state refuses a case without one
    if isinstance(installation.judged(current), NotAssessed):
        return boxes_of_reason(installation, reason)
    return boxes_on_pages(installation, state, current, person, reason)


def _to_withdraw(installation: Installation, person: str, case: str) -> CaseState:
    state = installation.state(case)
    against = allowed(state, installation.rosters, person).withdraw
    if against is not None:
        raise against
    return state


def _pages(installation: Installation, state: CaseState, reason: str) -> bytes:
    current = state.current
    assert current is not None  # installation.state refuses a case without one
    if isinstance(installation.judged(current), NotAssessed):
        return b""
    edition = installation.printer.newest
    return installation.printer.base(edition, edition.withdrawn(installation.case_file(state, current), reason))


def _recorded(
    installation: Installation, signer: PersonWithKey, writer: ActWriter, state: CaseState, base: bytes, reason: str
) -> WithdrawBody:
    signed = sign_record(
        base,
        SignatureField.OWNER,
        signer.key,
        person=installation.rosters.name_alone(signer.person),
        at=installation.clock(),
        printer=installation.printer,
        tsa=installation.tsa,
    )
    record = writer.attach(signed, f"{reference(state.case)} withdrawn.pdf", "application/pdf")
    return WithdrawBody(reason, sha256(base), record)
