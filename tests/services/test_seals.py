"""A good record stays good: what a patched client, a second click or an installation copied too late does to it.

Every attack signs with real keys, so that it is met by the rule it is about and not by a broken signature.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.base.reasons import Reason
from intake.domain.case import allowed
from intake.domain.case.judge import Force
from intake.domain.case.naming import shown
from intake.domain.case.phases import Phase, RecordState
from intake.domain.terms.terms import terms
from intake.records.proof.verdict import Indication
from intake.services.deciding import deciding, recording, reviewing, standing
from intake.services.deciding.records_at_hand import at_hand, record_of
from intake.services.installation.act_writer import CaseMoved
from intake.services.installation.installation import PersonWithKey
from intake.services.installation.workspace import Workspace
from intake.services.organisation import people
from intake.services.proving import verifying
from intake.services.proving.proof import write_acts
from intake.services.upkeep.diagnosing import diagnose
from tests.commands.house import run
from tests.people import person
from tests.records import attacks
from tests.services.offices import Offices
from tests.services.patched import countersign, seal
from tests.services.stages import filed_with_both, filed_with_ciso, stage


@stage
def first_signed(offices: Offices) -> str:
    """A case that Dan has approved and Cleo has fetched."""
    case = offices.file()
    offices.travel("ada", "dan")
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    return case


@stage
def decided(offices: Offices) -> str:
    case = first_signed(offices)
    offices.decide("cleo", case)
    offices.travel("cleo", "dan", "bob")
    return case


@stage
def apart(offices: Offices) -> str:
    """A case both offices approved before they met: its record is open. Everybody knows everything."""
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    agreed = offices.terms("dan", case)
    offices.decide("dan", case, given=agreed)
    offices.decide("cleo", case, given=agreed)
    offices.travel("dan", "cleo", "bob")
    offices.travel("cleo", "dan", "bob")
    return case


def record_state(offices: Offices, name: str, case: str) -> RecordState:
    decision = offices.installations[name].state(case).decision
    assert decision is not None
    return decision.record_state


def opinions(offices: Offices, name: str, case: str) -> int:
    return sum(isinstance(event.body, OpinionBody) for event in offices.installations[name].state(case).events)


# --------------------------------------------------------------------------------------------- saying the same again
@pytest.mark.attack("a second approval on a decided case", refusal="AlreadyApproved")
@pytest.mark.parametrize("name", ["cleo", "dan"])
def test_a_decided_case_is_not_approved_again(offices: Offices, name: str) -> None:
    case = decided(offices)
    _, before = record_of(offices.installations[name], case)

    with pytest.raises(standing.AlreadyApproved, match="You have approved these terms already"):
        offices.decide(name, case)

    assert opinions(offices, name, case) == 2
    assert verifying.verify(offices.installations[name], before).indication is Indication.PASSED
    choices = {
        choice.action.value: choice for choice in reviewing.look(offices.installations[name], case, name).choices
    }
    assert "approved these terms already" in choices["approve"].blocked
    assert not choices["propose"].blocked


@pytest.mark.exhaustive
def test_who_signed_first_while_apart_is_sent_to_complete_the_record(offices: Offices) -> None:
    case = apart(offices)
    (turn,) = offices.installations["dan"].state(case).turn
    name, other = ("cleo", "dan") if turn == "cio" else ("dan", "cleo")

    with pytest.raises(standing.AlreadyApproved) as mine:
        offices.decide(name, case)
    with pytest.raises(standing.AlreadyApproved) as theirs:
        offices.decide(other, case)

    assert "countersign complete" in mine.value.next_step
    assert f"the turn of the {turn.upper()}" in theirs.value.next_step
    seen = shown(offices.installations[name].state(case))
    with pytest.raises(CaseMoved):
        recording.complete(offices.installations[name], offices.signer(name), case, seen=seen[1:])
    assert record_state(offices, name, case) is RecordState.OPEN
    recording.complete(offices.installations[name], offices.signer(name), case, seen=seen)
    assert record_state(offices, name, case) is RecordState.SEALED


@pytest.mark.exhaustive
def test_who_has_a_new_key_by_now_completes_the_record_with_it(offices: Offices) -> None:
    case = apart(offices)
    (turn,) = offices.installations["dan"].state(case).turn
    name = "cleo" if turn == "cio" else "dan"
    renewed = PersonWithKey(name, person(name, number=2).key)
    asked = people.enrol(offices.installations[name], renewed, name=name.title(), unit="Finance")
    offices.travel(name, "bob")
    change = people.list_person(offices.installations["bob"], offices.signer("bob"), asked.act.id, ())
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob", name)
    assert not offices.installations[name].rosters.listed(name, renewed.key.fingerprint)
    # A new key in the entry of an office needs the consent of who has it, with the key that is listed.
    people.endorse(offices.installations[name], offices.signer(name), change.roster)
    offices.travel(name, "bob")

    recording.complete(offices.installations[name], renewed, case)

    offices.travel(name, "bob")
    _, pdf = record_of(offices.installations["bob"], case)
    assert record_state(offices, "bob", case) is RecordState.SEALED
    verdict = verifying.verify(offices.installations["bob"], pdf)
    assert verdict.indication is Indication.PASSED
    assert renewed.key.fingerprint in {item.fingerprint for item in verdict.signatures}


@pytest.mark.attack("the same approval prepared twice and signed twice", refusal="CaseMoved")
@pytest.mark.exhaustive
def test_a_second_click_signs_nothing_more(offices: Offices) -> None:
    case = first_signed(offices)
    cleo = offices.installations["cleo"]
    agreed = offices.terms("cleo", case)
    one, other = (deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=agreed) for _ in range(2))
    deciding.give(cleo, offices.signer("cleo"), one)

    with pytest.raises(deciding.CaseMoved):
        deciding.give(cleo, offices.signer("cleo"), other)

    assert opinions(offices, "cleo", case) == 2


@pytest.mark.attack("signing what was prepared for another office", refusal="NotInOffice")
def test_what_was_prepared_for_one_person_is_not_signed_by_another(offices: Offices) -> None:
    case = first_signed(offices)
    cleo = offices.installations["cleo"]
    prepared = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=offices.terms("cleo", case))

    with pytest.raises(allowed.NotInOffice):
        deciding.give(cleo, offices.signer("dan"), prepared)


# ----------------------------------------------------------------------------------------------------- bad seals
@pytest.mark.attack("junk sealed by the second signer", refusal="seal ignored; record hands out the good copy")
@pytest.mark.exhaustive
def test_junk_in_the_seal_is_not_handed_out_and_the_other_office_seals_the_record(offices: Offices) -> None:
    case = first_signed(offices)
    countersign(offices, case, lambda _finished: b"%PDF-1.7 junk")
    offices.travel("cleo", "dan", "bob")

    found = at_hand(offices.installations["bob"], case, verifying.verify)

    assert record_state(offices, "bob", case) is RecordState.OPEN
    assert found.data != b"%PDF-1.7 junk"
    assert "still lacks" in found.words
    assert verifying.verify(offices.installations["bob"], found.data).indication is Indication.PASSED
    assert offices.installations["dan"].state(case).turn == ("ciso",)
    record = recording.complete(offices.installations["dan"], offices.signer("dan"), case)
    offices.travel("dan", "bob")
    assert record_state(offices, "bob", case) is RecordState.SEALED
    assert at_hand(offices.installations["bob"], case, verifying.verify).attachment.sha256 == record.sha256
    assert verifying.verify(offices.installations["bob"], found.data).indication is Indication.PASSED


@pytest.mark.attack("sealing a file with a page exchanged behind both signatures", refusal="not handed out")
@pytest.mark.exhaustive
def test_a_sealed_file_that_fails_its_verdict_is_not_handed_out(offices: Offices) -> None:
    case = first_signed(offices)
    state = offices.installations["cleo"].state(case)
    (first,) = (event.body.record for event in state.events if isinstance(event.body, OpinionBody))
    copy = offices.installations["cleo"].register.queries.blob(first.sha256 if first else "")
    evil = attacks.signed(copy, "CIO", offices.signer("cleo").key, change=attacks.replace_page)
    countersign(offices, case, lambda _finished: evil)
    offices.travel("cleo", "bob")
    bob = offices.installations["bob"]

    found = at_hand(bob, case, verifying.verify)

    assert verifying.verify(bob, evil).indication is Indication.FAILED
    assert found.data != evil
    assert found.words
    assert verifying.verify(bob, found.data).indication is not Indication.FAILED


@pytest.mark.attack("junk sealed after the record was handed out", refusal="seal ignored; the record still passes")
@pytest.mark.parametrize("name", ["cleo", "dan"])
def test_a_record_that_was_handed_out_stays_good(offices: Offices, name: str) -> None:
    case = decided(offices)
    _, good = record_of(offices.installations["bob"], case)
    half = (
        offices.installations[name]
        .state(case)
        .opinion(offices.installations[name].state(case).decision.opinions[1])
        .record
    )  # type: ignore[union-attr]
    assert half is not None
    junk = [
        seal(offices, name, case, b"junk"),
        seal(offices, name, case, good + b"\n"),
        seal(offices, name, case, offices.installations[name].register.queries.blob(half.sha256) or b""),
        seal(offices, name, case, good, base="e" * 64),
    ]
    offices.travel(name, "bob")
    state = offices.installations["bob"].state(case)

    assert {state.event(act).judgement.force for act in junk} == {Force.IGNORED}
    assert record_of(offices.installations["bob"], case)[1] == good
    assert verifying.verify(offices.installations["bob"], good).indication is Indication.PASSED
    assert (
        len(
            [
                note
                for note in offices.installations["bob"].register.queries.notes_of(case)
                if note.reason.code == "SealRefused"
            ]
        )
        == 4
    )
    assert offices.installations["bob"].register.rebuild(check=True).identical


@pytest.mark.attack(
    "an approval whose record is junk", refusal="not handed out; the turn is of who can sign a good copy"
)
@pytest.mark.exhaustive
def test_a_junk_copy_does_not_block_the_record(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    case = filed_with_both(offices)
    agreed = offices.terms("dan", case)
    offices.decide("dan", case, given=agreed)
    with monkeypatch.context() as patch:
        patch.setattr(recording, "sign_sheet", lambda *_: b"junk")
        offices.decide("cleo", case, given=agreed)
    offices.travel("cleo", "dan")
    offices.travel("dan", "cleo")

    assert offices.installations["dan"].state(case).turn == ("cio",)
    assert at_hand(offices.installations["dan"], case, verifying.verify).data.startswith(b"%PDF-")
    recording.complete(offices.installations["cleo"], offices.signer("cleo"), case)
    assert record_state(offices, "cleo", case) is RecordState.SEALED


@pytest.mark.attack("a finished record that would not verify", refusal="RecordUnsound, and nothing is stored")
def test_what_would_not_verify_is_not_sealed(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    case = first_signed(offices)
    real = recording.sign_sheet

    def broken(*given: object) -> bytes:
        made = bytearray(real(*given))  # type: ignore[arg-type]
        made[-40] ^= 1
        return bytes(made)

    monkeypatch.setattr(recording, "sign_sheet", broken)

    with pytest.raises(recording.RecordUnsound):
        offices.decide("cleo", case)

    assert offices.installations["cleo"].state(case).phase is Phase.COUNTERSIGN


# ------------------------------------------------------------------------------------------------ several good files
def twice_sealed(offices: Offices) -> tuple[str, bytes, bytes]:
    """Cleo countersigns on two copies of her installation that do not know of each other; Bob gets both."""
    case = first_signed(offices)
    offices.installations["cleo"].register.close()
    shutil.copytree(offices.root / "cleo", offices.root / "copy")
    offices.open("cleo", "copy")
    offices.decide("cleo", case)
    agreed = offices.terms("cleo", case)
    prepared = deciding.prepare(offices.installations["copy"], "cleo", case, Position.APPROVE, given=agreed)
    deciding.give(offices.installations["copy"], offices.signer("cleo"), prepared)
    one, other = (record_of(offices.installations[name], case)[1] for name in ("cleo", "copy"))
    offices.travel("cleo", "bob")
    offices.travel("copy", "bob")
    return case, one, other


@pytest.mark.attack("two contradicting good seals made apart", refusal="INDETERMINATE, naming both digests")
@pytest.mark.slow("two records are signed and shown everywhere")
@pytest.mark.exhaustive
def test_seals_that_contradict_each_other_are_shown_and_nothing_is_called_false(
    offices: Offices, tmp_path: Path
) -> None:
    case, one, other = twice_sealed(offices)
    bob = offices.installations["bob"]
    state = bob.state(case)

    assert one != other
    assert state.phase is Phase.DECIDED
    assert record_state(offices, "bob", case) is RecordState.CONTRADICTED
    found = at_hand(bob, case, verifying.verify)
    assert all(sha256 in found.words for sha256 in found.rivals)
    assert len(found.rivals) == 2
    write_acts(bob, tmp_path / "acts")
    for number, pdf in enumerate((one, other)):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(pdf)
        beside = verifying.verify_beside(path, bob.register.org, (tmp_path / "acts").iterdir())
        for verdict in (verifying.verify(bob, pdf), beside):
            assert verdict.indication is Indication.INDETERMINATE
            assert all(sha256 in verdict.sentence for sha256 in found.rivals)
    codes = [note.reason.code for note in bob.register.queries.notes_of(case)]
    assert codes.count("SealsContradict") == 2
    alarms = [item for item in diagnose(Workspace(offices.root / "bob"), bob).findings if item.code == "alarms"]
    assert "sealed in different files" in alarms[0].sentence
    assert bob.register.rebuild(check=True).identical


@pytest.mark.exhaustive
def test_an_honest_copy_sealed_later_is_indeterminate_and_names_the_record(offices: Offices) -> None:
    """A client from before repeated approvals were refused: the second file is genuine, and not the record."""
    case = decided(offices)
    first, good = record_of(offices.installations["dan"], case)
    offices.installations["dan"].register.close()
    offices.open("dan")
    dan, signer = offices.installations["dan"], offices.signer("dan")
    state = dan.state(case)
    assert state.decision is not None
    assert state.decision.terms is not None
    sheet = recording.sheet(dan, state, state.revision(state.decision.revision), state.decision.terms, Office.CISO)
    fresh = recording.sign_sheet(dan, signer, sheet, Office.CISO, "")
    other = recording.sign_sheet(
        offices.installations["cleo"], offices.signer("cleo"), replaced(sheet, fresh), Office.CIO, ""
    )
    seal(offices, "dan", case, other)

    assert record_of(dan, case)[1] == good
    assert verifying.verify(dan, good).indication is Indication.PASSED
    verdict = verifying.verify(dan, other)
    assert verdict.indication is Indication.INDETERMINATE
    assert first.sha256 in verdict.sentence


def replaced(sheet: recording.UnsignedRecord, pdf: bytes) -> recording.UnsignedRecord:
    return recording.UnsignedRecord(pdf, sheet.base, "beside", "")


# -------------------------------------------------------------------------------------------------------- days
@pytest.mark.attack("countersigning terms that have ended", refusal="TermsExpired")
@pytest.mark.exhaustive
def test_terms_that_have_ended_are_not_countersigned(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    proposal = offices.terms("dan", case)
    short = terms(
        proposal.stage,
        proposal.boundaries,
        proposal.conditions,
        proposal.begins,
        offices.clock.now.date() + timedelta(days=3),
    )
    offices.decide("dan", case, given=short)
    offices.travel("dan", "cleo")
    cleo = offices.installations["cleo"]
    prepared = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=short)
    offices.clock.now += timedelta(days=4)

    with pytest.raises(standing.TermsExpired):
        deciding.give(cleo, offices.signer("cleo"), prepared)
    with pytest.raises(standing.TermsExpired):
        offices.decide("cleo", case, given=short)

    assert cleo.state(case).in_force is None
    blocked = {choice.action.value: choice.blocked for choice in reviewing.look(cleo, case, "cleo").choices}
    assert "ended on" in blocked["approve"]
    assert not blocked["propose"]


@pytest.mark.attack("proposing terms that have ended", refusal="TermsExpired")
def test_terms_that_have_ended_are_not_proposed(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    proposal = offices.terms("dan", case)
    today = offices.clock.now.date()

    with pytest.raises(standing.TermsExpired):
        offices.decide(
            "dan",
            case,
            given=terms(proposal.stage, proposal.boundaries, (), today - timedelta(days=9), today - timedelta(days=1)),
        )
    last = offices.decide("dan", case, given=terms(proposal.stage, proposal.boundaries, (), today, today))
    assert last.phase is Phase.COUNTERSIGN


@pytest.mark.attack("an approval under an expired roster with a patched client", refusal="TOTAL-FAILED: roster expired")
@pytest.mark.exhaustive
def test_an_approval_under_an_expired_roster_is_seen_for_what_it_is(
    offices: Offices, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    case = first_signed(offices)
    offices.clock.now += timedelta(days=400)
    with monkeypatch.context() as patch:
        patch.setattr(deciding, "against_approval", lambda *_: None)
        patch.setattr(deciding, "against_terms", lambda *_: None)
        late = offices.decide("cleo", case).act
    offices.travel("cleo", "bob")
    bob = offices.installations["bob"]

    (tmp_path / "late.p7m").write_bytes(late.blob)

    said = run("verify", tmp_path / "late.p7m", "--home", offices.root / "bob", expect=1).stdout

    assert bob.state(case).in_force is None
    assert said.startswith("TOTAL-FAILED")
    assert "the roster it names had expired when it was given" in said
    assert reviewing.look(bob, case, "bob").set_aside == (("Cleo", "opinion", Reason("RosterHadExpired")),)


def test_a_roster_that_expires_while_the_window_is_open_stops_the_signature(offices: Offices) -> None:
    case = first_signed(offices)
    cleo = offices.installations["cleo"]
    prepared = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=offices.terms("cleo", case))
    offices.clock.now += timedelta(days=400)

    with pytest.raises(standing.RosterExpired):
        deciding.give(cleo, offices.signer("cleo"), prepared)
