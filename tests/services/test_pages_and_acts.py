"""What a record is, its pages say and its acts prove: an act that names other pages changes nothing about them.

Each attack is made with a patched client and the attacker's own key; everybody has every act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from intake.domain.acts.kinds import OPINION, WITHDRAW, Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.base.wording import words
from intake.domain.case.fates import Fate
from intake.domain.terms.terms import Terms
from intake.records.content import SignatureField
from intake.records.editions.e1.edition import E1
from intake.records.editions.edition import Look, Signing
from intake.records.fonts import Fonts
from intake.records.proof import rebuild
from intake.records.proof.verdict import Indication, RecordVerdict
from intake.records.signatures.sign import sign_record
from intake.services.deciding import deciding
from intake.services.deciding.recording import PDF
from intake.services.installation import act_files
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.installation import Installation
from intake.services.installation.press import Press
from intake.services.proving import verifying
from tests.services.anchoring import anchor_of_acts
from tests.services.offices import Offices
from tests.services.patched import assessed
from tests.services.printers import patched
from tests.services.stages import filed_with_both
from tests.services.test_seals import decided, first_signed


def opine(
    offices: Offices,
    name: str,
    case: str,
    position: Position,
    *,
    base: str,
    terms: Terms | None = None,
    record: bytes = b"",
) -> str:
    """An opinion with any base and any file, as the app would not write it."""
    installation = offices.installations[name]
    state = installation.state(case)
    revision = state.current
    assert revision is not None
    _, assessment = installation.assessed(revision)
    writer = ActWriter(installation, offices.signer(name))
    attached = writer.attach(record, "record.pdf", PDF) if record else None
    body = OpinionBody(
        revision=revision.id,
        office=Office.CIO if name == "cleo" else Office.CISO,
        position=position,
        terms=terms,
        playbook=revision.body.playbook,
        assessment=assessed(offices, name, case, terms) if terms else assessment.digest,
        base=base,
        record=attached,
        delegation="",
        attestations=(),
        reason="" if position is Position.APPROVE else "Not like this.",
    )
    made = writer.write(OPINION, body, case=case)
    writer.store()
    offices.travel(name, *offices.installations)
    return made.act.id


def withdraw(offices: Offices, case: str, base: str) -> None:
    writer = ActWriter(offices.installations["ada"], offices.signer("ada"))
    writer.write(WITHDRAW, WithdrawBody("No longer needed.", base), case=case)
    writer.store()
    offices.travel("ada", *offices.installations)


def signed(offices: Offices, name: str, pdf: bytes) -> bytes:
    installation = offices.installations[name]
    field = SignatureField.CIO if name == "cleo" else SignatureField.CISO
    return sign_record(
        pdf,
        field,
        offices.signer(name).key,
        person=name,
        at=installation.clock(),
        printer=installation.printer,
        reason="",
    )


def approved(offices: Offices, case: str, name: str = "dan") -> tuple[OpinionBody, bytes]:
    """The first approval of a person, and the copy it brought."""
    installation = offices.installations[name]
    body = next(
        event.body
        for event in installation.state(case).events
        if isinstance(event.body, OpinionBody) and event.act.person == name and event.body.record
    )
    assert body.record is not None
    data = installation.register.queries.blob(body.record.sha256)
    assert data is not None
    return body, data


def verdicts(offices: Offices, pdf: bytes) -> Iterable[RecordVerdict]:
    """By Bob's register, and by files alone."""
    bob = offices.installations["bob"]
    blobs = [blob for _, _, blob in bob.register.queries.every_act()]
    press = Press(bob.printer, bob.playbook, bob.capabilities.engines, bob.playbook_rules.weaker)
    yield verifying.verify(bob, pdf)
    rosters = bob.register.queries.organisation_acts("roster")
    people = [bob.register.queries.blob(name) or b"" for act in rosters for name in act_files.people_of(act)]
    yield verifying.verify_record(pdf, anchor_of_acts(bob.register.org, blobs, people, press))


@pytest.mark.attack("a decline that names the pages of an approval", refusal="INDETERMINATE: a signature is missing")
@pytest.mark.exhaustive
def test_one_office_makes_no_record_of_an_approval_by_declining(offices: Offices) -> None:
    case = first_signed(offices)
    body, half = approved(offices, case)
    opine(offices, "dan", case, Position.DECLINE, base=body.base)

    for verdict in verdicts(offices, half):
        assert verdict.indication is Indication.INDETERMINATE
        assert verdict.sentence == "The signature of the Chief Information Officer is missing."


@pytest.mark.attack("a decline that names the pages of an approval", refusal="INDETERMINATE: a signature is missing")
@pytest.mark.exhaustive
def test_another_office_makes_no_record_of_an_approval_by_declining(offices: Offices) -> None:
    case = first_signed(offices)
    body, half = approved(offices, case)
    lone = signed(offices, "cleo", rebuild.base_of(half))
    opine(offices, "cleo", case, Position.DECLINE, base=body.base, record=lone)

    for pdf in (lone, half):
        for verdict in verdicts(offices, pdf):
            assert verdict.indication is not Indication.PASSED
    assert all(verdict.indication is Indication.INDETERMINATE for verdict in verdicts(offices, half))


@pytest.mark.attack("an objection that names the pages of a sealed record", refusal="the record stays TOTAL-PASSED")
@pytest.mark.exhaustive
def test_a_sealed_record_stays_good_whatever_names_its_pages(offices: Offices) -> None:
    case = decided(offices)
    decision = offices.installations["bob"].state(case).decision
    assert decision is not None
    assert decision.record is not None
    pdf = offices.installations["bob"].register.queries.blob(decision.record.sha256)
    assert pdf is not None
    body, _ = approved(offices, case)

    opine(offices, "dan", case, Position.DECLINE, base=body.base)
    withdraw(offices, case, body.base)

    assert all(verdict.passed for verdict in verdicts(offices, pdf))


@pytest.mark.attack("a countersignature after the other office had moved on", refusal="TOTAL-FAILED: did not decide")
@pytest.mark.parametrize("moved", ["declined", "other terms"])
@pytest.mark.exhaustive
def test_what_both_signed_and_never_decided_does_not_pass(offices: Offices, moved: str) -> None:
    case = first_signed(offices)
    body, half = approved(offices, case)
    if moved == "declined":
        offices.decide("dan", case, Position.DECLINE, reason="No longer.")
    else:
        offices.decide("dan", case, given=offices.terms("dan", case, users=5))
    offices.travel("dan", "cleo")
    both = signed(offices, "cleo", half)
    opine(offices, "cleo", case, Position.APPROVE, base=body.base, terms=body.terms, record=both)

    assert {pair.fate for pair in offices.installations["bob"].state(case).pairs} == {Fate.VOID}
    for verdict in verdicts(offices, both):
        assert verdict.indication is Indication.FAILED
        assert verdict.sentence.startswith("Both offices signed these pages, but they did not decide: ")


@pytest.mark.attack(
    "a change request beside a signature on the same pages", refusal="INDETERMINATE: an opinion is missing"
)
@pytest.mark.exhaustive
def test_a_signature_without_an_approval_is_no_decision(offices: Offices) -> None:
    case = first_signed(offices)
    body, half = approved(offices, case)
    both = signed(offices, "cleo", half)
    opine(offices, "cleo", case, Position.CHANGES, base=body.base)

    for verdict in verdicts(offices, both):
        assert verdict.indication is Indication.INDETERMINATE
        assert "the opinion of the CIO" in verdict.sentence


def showing(words: str, what: str = "person") -> Callable[[SignatureField, Signing, Fonts], Look]:
    """Draws a signature with other words in the place of the name, or of the reason."""
    return lambda field, facts, fonts: E1.look(field, replace(facts, **{what: words}), fonts)


@pytest.mark.attack("a signature whose look says something else", refusal="a fresh record, with the reason")
@pytest.mark.parametrize("what", ["person", "reason"])
def test_nobody_countersigns_beside_a_look_that_says_something_else(offices: Offices, what: str) -> None:
    case = filed_with_both(offices)
    offices.installations["dan"] = patched(offices.installations["dan"], look=showing("NOT approved", what))
    offices.decide("dan", case)
    offices.travel("dan", "cleo")

    given = offices.terms("dan", case)
    prepared = deciding.prepare(offices.installations["cleo"], "cleo", case, Position.APPROVE, given=given)

    assert prepared.sheet is not None
    assert prepared.sheet.beside == ""
    assert "shows on the page is not what Countersign draws of it" in words(prepared.sheet.note)


@pytest.mark.attack("a signature whose look says something else", refusal="said beside the verdict")
@pytest.mark.exhaustive
@pytest.mark.parametrize("what", ["person", "reason"])
def test_a_look_that_says_something_else_is_told(offices: Offices, what: str) -> None:
    case = first_signed(offices)
    cleo = offices.installations["cleo"]
    prepared = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=offices.terms("cleo", case))
    deciding.give(patched(cleo, look=showing("Under protest", what)), offices.signer("cleo"), prepared)

    for verdict in verdicts(offices, sealed(offices, case)):
        assert verdict.passed
        assert verdict.unchecked == (
            "What the signature of the Chief Information Officer shows on the page is not what this version draws of it.",
        )


OTHER_VERSIONS = {"pikepdf": "10.99.0"}


def claiming(installation: Installation, **changed: Any) -> Installation:
    """An installation whose pages claim other versions of libraries than everybody has."""
    return patched(installation, made_with=lambda fonts: {**E1.made_with(fonts), **OTHER_VERSIONS}, **changed)


def spaced_otherwise(field: SignatureField, facts: Signing, fonts: Fonts) -> Look:
    """The look as another version of a library might spell it: the same operators, other spaces and digits."""
    drawn = E1.look(field, facts, fonts)
    with pikepdf.open(BytesIO(drawn.pdf)) as pdf:
        (page,) = pdf.pages
        spelled = page.Contents.read_bytes().replace(b" 11.6 Tf", b"  11.600 Tf").replace(b"\nBT ", b"\n\nBT\n")
        page.Contents = pdf.make_stream(spelled)
        pdf.save(made := BytesIO(), compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    assert made.getvalue() != drawn.pdf
    return replace(drawn, pdf=made.getvalue())


def beside(offices: Offices, **changed: Any) -> tuple[str, deciding.Prepared]:
    """Dan signs first with a patched client, Cleo prepares hers."""
    case = filed_with_both(offices)
    offices.installations["dan"] = claiming(offices.installations["dan"], **changed)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    given = offices.terms("dan", case)
    return case, deciding.prepare(offices.installations["cleo"], "cleo", case, Position.APPROVE, given=given)


@pytest.mark.attack(
    "a signature whose look says something else, under other library versions",
    refusal="a fresh record, with the reason",
)
def test_nobody_countersigns_beside_another_look_whatever_versions_it_claims(offices: Offices) -> None:
    _, prepared = beside(offices, look=showing("NOT approved: under protest"))

    assert prepared.sheet is not None
    assert prepared.sheet.beside == ""
    assert "shows on the page is not what Countersign draws of it" in words(prepared.sheet.note)


@pytest.mark.attack(
    "a signature whose look says something else, under other library versions", refusal="said beside the verdict"
)
@pytest.mark.exhaustive
def test_another_look_is_told_whatever_versions_it_claims(offices: Offices) -> None:
    case, prepared = beside(offices)
    cleo = patched(offices.installations["cleo"], look=showing("Under protest"))
    deciding.give(cleo, offices.signer("cleo"), prepared)

    for verdict in verdicts(offices, sealed(offices, case)):
        assert verdict.passed
        assert verdict.unchecked == (
            "What the signature of the Chief Information Officer shows on the page is not what this version draws of it.",
        )


@pytest.mark.parametrize("changed", [{}, {"look": spaced_otherwise}], ids=["same bytes", "other spaces and digits"])
@pytest.mark.exhaustive
def test_the_same_look_by_other_versions_is_countersigned_and_nothing_is_said(
    offices: Offices, changed: dict[str, Any]
) -> None:
    case, prepared = beside(offices, **changed)
    assert prepared.sheet is not None
    assert prepared.sheet.beside != ""
    assert words(prepared.sheet.note) == ""
    deciding.give(offices.installations["cleo"], offices.signer("cleo"), prepared)

    for verdict in verdicts(offices, sealed(offices, case)):
        assert verdict.passed
        assert verdict.unchecked == ()


def sealed(offices: Offices, case: str) -> bytes:
    """The sealed files of the record of ``case``, with everybody."""
    offices.travel("cleo", *offices.installations)
    decision = offices.installations["bob"].state(case).decision
    assert decision is not None
    assert decision.record is not None
    pdf = offices.installations["bob"].register.queries.blob(decision.record.sha256)
    assert pdf is not None
    return pdf
