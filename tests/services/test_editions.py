"""Two versions of the app, with two editions of the record, over real registers: nothing gets stuck, nothing is misread.

``E2`` is edition 1 with one changed word. Who is ahead knows both, everybody else only the first.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.phases import Phase, RecordState
from intake.records.editions.e1.edition import E1
from intake.records.proof.verdict import Indication, RecordVerdict, SubIndication
from intake.records.reading import claims, structure
from intake.records.refusals import UnknownEdition
from intake.services.deciding import deciding, recording
from intake.services.deciding.records_at_hand import at_hand
from intake.services.filing import filing
from intake.services.proving import verifying
from tests.services.offices import Offices
from tests.services.printers import E2, patched, saying, with_editions

MADE_AGAIN = "The pages are, byte for byte, those that the acts make."


@pytest.fixture(autouse=True)
def printed_once() -> None:
    """Not here: whether pages come out the same again is what these tests are about."""


PARTIES = {"cio": "cleo", "ciso": "dan"}
PARTY = {"cleo": "cio", "dan": "ciso"}

EITHER = ["cleo", pytest.param("dan", marks=pytest.mark.exhaustive)]
"""Who is ahead: with the other of the two the same happens, mirrored."""


def ahead(offices: Offices, *names: str) -> None:
    """Give them a version of the app that is one edition ahead."""
    for name in names:
        offices.installations[name] = with_editions(offices.installations[name], E1, E2)


def everywhere(offices: Offices, source: str) -> None:
    offices.travel(source, *offices.installations)


def apart(offices: Offices) -> str:
    """A case both offices approve on the same terms before they meet; then everybody has everything."""
    case = offices.file()
    everywhere(offices, "ada")
    agreed = offices.terms("dan", case)
    for name in PARTIES.values():
        offices.decide(name, case, given=agreed)
    for name in PARTIES.values():
        everywhere(offices, name)
    return case


def sealed(offices: Offices, case: str, *, by: str) -> tuple[int, bytes]:
    """The edition and the bytes of the finished record, after what ``by`` has reached everybody."""
    everywhere(offices, by)
    found = set()
    for installation in offices.installations.values():
        state = installation.state(case)
        assert state.decision is not None
        assert (state.phase, state.decision.record_state, state.turn) == (Phase.DECIDED, RecordState.SEALED, ())
        assert state.decision.record is not None
        found.add(installation.register.queries.blob(state.decision.record.sha256))
    (pdf,) = found
    assert pdf is not None
    return claims.claimed_edition(structure.scan(pdf).twin), pdf


def may_complete(offices: Offices, name: str, case: str) -> bool:
    return recording.may_complete(offices.installations[name], offices.installations[name].state(case), name)


def judged(offices: Offices, name: str, pdf: bytes) -> RecordVerdict:
    return verifying.verify(offices.installations[name], pdf)


# ------------------------------------------------------------------------------------------------ mixed installations
@pytest.mark.parametrize("newer", EITHER)
@pytest.mark.exhaustive
def test_both_sign_first_one_edition_apart_and_who_is_ahead_completes_the_older_copy(
    offices: Offices, newer: str
) -> None:
    older = "dan" if newer == "cleo" else "cleo"
    ahead(offices, newer)
    case = apart(offices)

    assert {installation.state(case).turn for installation in offices.installations.values()} == {
        ("cio",) if newer == "cleo" else ("ciso",)
    }
    assert [may_complete(offices, name, case) for name in (newer, older, "bob")] == [True, False, False]
    with pytest.raises(recording.OthersTurn) as refused:
        recording.complete(offices.installations[older], offices.signer(older), case)
    recording.complete(offices.installations[newer], offices.signer(newer), case)

    edition, pdf = sealed(offices, case, by=newer)
    assert refused.value.facts == {"office": "CIO" if newer == "cleo" else "CISO"}
    assert edition == 1
    for name in offices.installations:
        verdict = judged(offices, name, pdf)
        assert verdict.passed
        assert MADE_AGAIN in verdict.checked


@pytest.mark.parametrize("newer", EITHER)
@pytest.mark.exhaustive
def test_who_meets_a_newer_first_signature_signs_first_in_the_older_edition(offices: Offices, newer: str) -> None:
    older = "dan" if newer == "cleo" else "cleo"
    ahead(offices, newer)
    case = offices.file()
    everywhere(offices, "ada")
    offices.decide(newer, case)
    everywhere(offices, newer)
    agreed = offices.terms(newer, case)

    prepared = deciding.prepare(offices.installations[older], older, case, Position.APPROVE, given=agreed)
    given = deciding.give(offices.installations[older], offices.signer(older), prepared)
    everywhere(offices, older)

    assert prepared.sheet is not None
    assert prepared.sheet.beside == ""
    assert words(prepared.sheet.note).startswith(UnknownEdition(edition=2, known=1).what_happened)
    assert dict(prepared.lines)["Note"].endswith(f"the {PARTY[newer].upper()} adds a signature to yours.")
    assert (given.phase, given.turn, given.sealed) == (Phase.DECIDED, (PARTY[newer],), False)
    recording.complete(offices.installations[newer], offices.signer(newer), case)
    edition, pdf = sealed(offices, case, by=newer)
    assert edition == 1
    assert all(judged(offices, name, pdf).passed for name in offices.installations)


@pytest.mark.parametrize("newer", EITHER)
def test_who_is_ahead_countersigns_in_the_edition_of_the_first_signer(offices: Offices, newer: str) -> None:
    older = "dan" if newer == "cleo" else "cleo"
    ahead(offices, newer)
    case = offices.file()
    everywhere(offices, "ada")
    offices.decide(older, case)
    everywhere(offices, older)

    given = offices.decide(newer, case, given=offices.terms(older, case))

    edition, pdf = sealed(offices, case, by=newer)
    assert given.sealed
    assert edition == 1
    assert all(judged(offices, name, pdf).passed for name in offices.installations)


@pytest.mark.exhaustive
def test_two_offices_that_are_ahead_make_a_record_that_older_installations_cannot_judge(offices: Offices) -> None:
    ahead(offices, "cleo", "dan", "finn")
    case = offices.file()
    everywhere(offices, "ada")
    offices.decide("dan", case)
    everywhere(offices, "dan")
    offices.decide("cleo", case, given=offices.terms("dan", case))

    edition, pdf = sealed(offices, case, by="cleo")

    verdict = judged(offices, "bob", pdf)
    assert edition == 2
    assert MADE_AGAIN in judged(offices, "finn", pdf).checked
    assert (verdict.indication, verdict.sub_indication) == (
        Indication.INDETERMINATE,
        SubIndication.SIG_CONSTRAINTS_FAILURE,
    )
    assert verdict.sentence == (
        "The signatures hold, but the pages cannot be compared with the signed acts. The record was made by a newer "
        "version of Countersign: edition 2; this version knows 1."
    )
    assert verdict.next_step == UnknownEdition.next
    handed = at_hand(offices.installations["bob"], case, verifying.verify)
    assert handed.words == f"It cannot be said that this is the record. {verdict.sentence}"


@pytest.mark.parametrize("kind", ["declined", "withdrawn"])
@pytest.mark.exhaustive
def test_a_record_of_one_signature_is_printed_again_in_its_edition(offices: Offices, kind: str) -> None:
    ahead(offices, "ada", "dan", "finn")
    case = offices.file()
    everywhere(offices, "ada")
    if kind == "declined":
        offices.decide("dan", case, Position.DECLINE, reason="Not with these data.")
        everywhere(offices, "dan")
    else:
        filing.withdraw(offices.installations["ada"], offices.signer("ada"), case, "No longer needed.")
        everywhere(offices, "ada")
    pdf = at_hand(offices.installations["finn"], case, verifying.verify).data

    assert claims.claimed_edition(structure.scan(pdf).twin) == 2
    assert MADE_AGAIN in judged(offices, "finn", pdf).checked
    assert judged(offices, "bob", pdf).next_step == UnknownEdition.next


@pytest.mark.exhaustive
def test_a_record_of_an_older_edition_is_printed_in_it_whatever_is_newest(offices: Offices) -> None:
    case = offices.file()
    everywhere(offices, "ada")
    offices.decide("dan", case)
    everywhere(offices, "dan")
    offices.decide("cleo", case, given=offices.terms("dan", case))
    edition, pdf = sealed(offices, case, by="cleo")

    ahead(offices, *offices.installations)

    assert edition == 1
    assert all(MADE_AGAIN in judged(offices, name, pdf).checked for name in offices.installations)


@pytest.mark.exhaustive
def test_who_went_back_to_an_older_version_is_told_why_and_can_update(offices: Offices) -> None:
    ahead(offices, "cleo", "dan")
    case = apart(offices)
    (turn,) = offices.installations["bob"].state(case).turn
    name, other = PARTIES[turn], "CISO" if turn == "cio" else "CIO"
    newest = offices.installations[name]
    offices.installations[name] = with_editions(newest, E1)

    with pytest.raises(recording.NewerCopy) as refused:
        recording.complete(offices.installations[name], offices.signer(name), case)

    assert refused.value.facts == {"office": other, "edition": 2, "known": 1}
    assert offices.installations[name].state(case).phase is Phase.DECIDED
    recording.complete(newest, offices.signer(name), case)
    assert sealed(offices, case, by=name)[0] == 2


# ------------------------------------------------------------------------------------------------ lies
@pytest.mark.attack(
    "a copy that says it is of an older edition than its pages", refusal="CopyUnusable; the next copy is completed"
)
@pytest.mark.exhaustive
def test_a_copy_that_lies_about_its_edition_is_left_out_in_favour_of_the_next(offices: Offices) -> None:
    ahead(offices, "cleo")
    honest = offices.installations["dan"]
    offices.installations["dan"] = patched(honest, **saying("Approved for everything."))
    case = apart(offices)
    offices.installations["dan"] = honest
    ahead(offices, "dan", "bob")

    assert offices.installations["cleo"].state(case).turn == ("cio",), "the file says that it is of the lowest edition"
    assert [may_complete(offices, name, case) for name in ("cleo", "dan", "bob")] == [True, True, False]
    with pytest.raises(recording.CopyUnusable) as refused:
        recording.complete(offices.installations["cleo"], offices.signer("cleo"), case)
    recording.complete(offices.installations["dan"], offices.signer("dan"), case)

    assert "does not say what the register says" in refused.value.what_happened
    assert "The copy of the CIO may do instead: then the CISO adds its signature to that." in refused.value.next_step
    edition, pdf = sealed(offices, case, by="dan")
    assert edition == 2
    assert MADE_AGAIN in judged(offices, "bob", pdf).checked


@pytest.mark.attack(
    "a first signature in an edition nobody made", refusal="UnknownEdition: a fresh record in one's own edition"
)
@pytest.mark.parametrize("number", [3, 2**53 - 1])
@pytest.mark.exhaustive
def test_a_first_signature_in_an_edition_nobody_made_does_not_stop_the_decision(offices: Offices, number: int) -> None:
    offices.installations["dan"] = with_editions(offices.installations["dan"], E1, replace(E2, number=number))
    case = offices.file()
    everywhere(offices, "ada")
    offices.decide("dan", case)
    everywhere(offices, "dan")

    given = offices.decide("cleo", case, given=offices.terms("dan", case))

    assert (given.phase, given.turn) == (Phase.DECIDED, ("ciso",))
