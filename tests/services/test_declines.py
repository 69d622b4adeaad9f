"""The record of a decline, and a first copy that is not sound: what a patched client puts in their place.

Every attack signs its acts with the right key; only the file beside the act is another.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.canonical import sha256
from intake.domain.base.wording import words
from intake.domain.case.phases import Phase, RecordState
from intake.records.proof.verdict import Indication
from intake.services.deciding import deciding, recording
from intake.services.deciding.records_at_hand import NoRecord, RecordFails, at_hand, record_of
from intake.services.proving import verifying
from tests.services.offices import Offices
from tests.services.printers import patched, saying
from tests.services.stages import filed_with_both, filed_with_ciso
from tests.services.test_seals import decided, first_signed

NOT_HELD = "the signature of the CISO on it does not hold"


def declined(offices: Offices, case: str, pdf: bytes, *, base: str = "", keeping: bool = False) -> None:
    """Dan declines with a patched client that attaches ``pdf``, under his own act; ``base`` is what the act names."""
    installation = offices.installations["dan"]
    prepared = deciding.prepare(installation, "dan", case, Position.DECLINE, reason="Not with these data.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recording, "sign_sheet", lambda *_: pdf)
        if base:
            patch.setattr(deciding, "sha256", lambda _: base)
        deciding.give(installation, offices.signer("dan"), prepared)
    if not keeping:
        offices.travel("dan", "bob")


def own_copy(offices: Offices, case: str) -> tuple[bytes, str]:
    """What Dan signed when he approved, and the digest of its pages."""
    installation = offices.installations["dan"]
    body = next(
        event.body
        for event in installation.state(case).events
        if event.act.kind == "opinion" and event.act.person == "dan" and getattr(event.body, "record", None)
    )
    return installation.register.queries.blob(body.record.sha256) or b"", body.base  # type: ignore[union-attr]


@pytest.mark.attack("a decline with the record of another case", refusal="RecordFails; the decline has no record")
@pytest.mark.parametrize("named", [False, True], ids=["its own pages named", "the foreign pages named"])
@pytest.mark.exhaustive
def test_the_record_of_another_case_is_not_handed_out_for_a_decline(offices: Offices, named: bool) -> None:
    other = decided(offices)
    _, foreign = record_of(offices.installations["dan"], other)
    case = filed_with_ciso(offices)

    declined(offices, case, foreign, base=own_copy(offices, other)[1] if named else "")
    bob = offices.installations["bob"]
    state = bob.state(case)

    assert verifying.verify(bob, foreign).passed
    assert state.phase is Phase.DECLINED
    assert state.decision is not None
    assert (state.decision.record_state, state.decision.record) == (RecordState.NONE, None)
    with pytest.raises(NoRecord if not named else RecordFails):
        at_hand(bob, case, verifying.verify)


@pytest.mark.attack("a decline with the record of another case", refusal="RecordFails; the decline has no record")
@pytest.mark.exhaustive
def test_ones_own_copy_for_another_case_is_not_handed_out_for_a_decline(offices: Offices) -> None:
    """Form and key are right, so the fold has nothing to say: the file itself names the other case."""
    other = first_signed(offices)
    foreign, base = own_copy(offices, other)
    case = filed_with_ciso(offices)

    declined(offices, case, foreign, base=base)

    with pytest.raises(RecordFails, match="It is about another use case"):
        at_hand(offices.installations["bob"], case, verifying.verify)


@pytest.mark.attack(
    "a decline with the copy of one's own approval", refusal="handed out with words, never as the record"
)
def test_the_copy_of_an_approval_is_not_the_record_of_the_decline(offices: Offices) -> None:
    case = first_signed(offices)
    copy, base = own_copy(offices, case)

    declined(offices, case, copy, base=base)
    found = at_hand(offices.installations["bob"], case, verifying.verify)

    assert offices.installations["bob"].state(case).phase is Phase.DECLINED
    assert found.words.startswith("It cannot be said that this is the record. The signature of the Chief Information")


@pytest.mark.attack("a decline with unsigned pages that say anything", refusal="NoRecord; the decline has no record")
def test_pages_that_nobody_signed_are_not_handed_out(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    dan = patched(offices.installations["dan"], **saying("Approved."))
    prepared = deciding.prepare(dan, "dan", case, Position.DECLINE, reason="No.")
    declined(offices, case, prepared.base, base=sha256(prepared.base))
    bob = offices.installations["bob"]

    verdict = verifying.verify(bob, prepared.base)

    assert (verdict.indication, verdict.sentence) == (Indication.INDETERMINATE, "Nobody has signed this record.")
    assert bob.state(case).decision.record_state is RecordState.NONE  # type: ignore[union-attr]
    with pytest.raises(NoRecord):
        at_hand(bob, case, verifying.verify)


@pytest.mark.exhaustive
def test_the_decline_of_the_other_office_has_the_record_when_that_of_the_first_has_none(offices: Offices) -> None:
    case = filed_with_both(offices)
    offices.decide("dan", case, Position.DECLINE, reason="Not with these data.")
    prepared = deciding.prepare(offices.installations["cleo"], "cleo", case, Position.DECLINE, reason="Not now.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recording, "sign_sheet", lambda *_: b"junk")
        deciding.give(offices.installations["cleo"], offices.signer("cleo"), prepared)
    offices.travel("dan", "bob")
    offices.travel("cleo", "bob")
    bob = offices.installations["bob"]

    found = at_hand(bob, case, verifying.verify)

    assert bob.state(case).decision.record_state is RecordState.SEALED  # type: ignore[union-attr]
    assert (found.words, verifying.verify(bob, found.data).passed) == ("", True)


@pytest.mark.attack("a decline that names the pages of a finished record", refusal="the record still passes")
@pytest.mark.exhaustive
def test_a_decline_does_not_make_the_record_of_an_approval_false(offices: Offices) -> None:
    case = decided(offices)
    _, good = record_of(offices.installations["dan"], case)
    copy, base = own_copy(offices, case)

    declined(offices, case, copy, base=base)
    bob = offices.installations["bob"]

    assert bob.state(case).phase is Phase.SUSPENDED
    assert verifying.verify(bob, good).passed
    assert verifying.verify(bob, copy).indication is Indication.INDETERMINATE


# ------------------------------------------------------------------------------------- the first of two signatures
def with_broken_signature(real: Callable[..., bytes]) -> Callable[..., bytes]:
    """A patched ``sign_sheet``: one digit near the end of the signature is another."""

    def sign(*given: object) -> bytes:
        made = bytearray(real(*given))
        found = re.search(rb"/Contents <([0-9A-Fa-f]+?)0*>", made)
        assert found
        at = found.end(1) - 30
        made[at] = ord("1") if made[at] != ord("1") else ord("2")
        return bytes(made)

    return sign


@pytest.mark.attack(
    "first signer breaks his own signature on the copy", refusal="a fresh sheet, with a note that says so"
)
@pytest.mark.exhaustive
def test_a_copy_whose_signature_does_not_hold_does_not_keep_the_terms_from_being_approved(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = filed_with_ciso(offices)
    with monkeypatch.context() as patch:
        patch.setattr(recording, "sign_sheet", with_broken_signature(recording.sign_sheet))
        offices.decide("dan", case)
    offices.travel("dan", "cleo")
    cleo = offices.installations["cleo"]
    prepared = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=offices.terms("dan", case))
    assert prepared.sheet is not None

    deciding.give(cleo, offices.signer("cleo"), prepared)
    offices.travel("cleo", "dan")
    recording.complete(offices.installations["dan"], offices.signer("dan"), case)

    assert (prepared.sheet.beside, words(prepared.sheet.note)) == ("", NOT_HELD)
    assert offices.installations["dan"].state(case).decision.record_state is RecordState.SEALED  # type: ignore[union-attr]
    assert verifying.verify(offices.installations["dan"], record_of(offices.installations["dan"], case)[1]).passed
