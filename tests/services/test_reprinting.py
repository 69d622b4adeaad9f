"""The pages of a record are made again from the acts: both offices together cannot pass off other pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

import resources
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.playbook.reading.playbook import to_blob
from intake.records.content import Paragraph
from intake.records.editions.e1.edition import E1
from intake.records.proof import rebuild
from intake.records.proof.verdict import Indication, RecordVerdict, SubIndication
from intake.records.refusals import ChangedBase, UnknownEdition
from intake.services.deciding import deciding
from intake.services.filing import filing
from intake.services.installation import act_files
from intake.services.installation.workspace import press_of
from intake.services.proving import reprinting, verifying
from tests.services.anchoring import anchor_of_acts
from tests.services.printers import patched, saying, with_editions
from tests.services.stages import filed_with_both
from tests.services.test_playbooks import accept, overlay

MADE_AGAIN = "The pages are, byte for byte, those that the acts make."


@pytest.fixture(autouse=True)
def printed_once() -> None:
    """Not here: whether pages come out the same again is what these tests are about."""


def patch(offices, *names: str, number: int = 1) -> None:
    """Give them a client that prints something else than what is signed beside it, and calls it edition ``number``."""
    everything = replace(E1, number=number, **saying("Approved for everything."))
    for name in names:
        offices.installations[name] = with_editions(offices.installations[name], everything)


def record(offices, name: str, case: str) -> bytes:
    """The bytes under the act that made the record, whether or not it would be handed out."""
    installation = offices.installations[name]
    state = installation.state(case)
    decision = state.decision
    found = decision.record if decision else None
    named = found or next(item for event in state.events if (item := getattr(event.body, "record", None)))
    return installation.register.queries.blob(named.sha256)


def acts_of(offices, name: str) -> list[bytes]:
    return [blob for _, _, blob in offices.installations[name].register.queries.every_act()]


def people_of(offices, name: str) -> list[bytes]:
    register = offices.installations[name].register
    named = [people for act in register.queries.organisation_acts("roster") for people in act_files.people_of(act)]
    return [register.queries.blob(item) for item in named]


def decided(offices) -> str:
    case = offices.file()
    offices.travel("ada", "cleo", "dan", "bob")
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case, given=offices.terms("dan", case))
    offices.travel("cleo", "bob", "ada", "dan")
    return case


def test_a_record_is_made_again_from_the_register(offices):
    case = decided(offices)

    verdict = verifying.verify(offices.installations["bob"], record(offices, "bob", case))

    assert verdict.passed
    assert MADE_AGAIN in verdict.checked
    assert verdict.unchecked == ()


@pytest.mark.exhaustive
def test_a_record_is_made_again_from_acts_in_files(offices):
    case = decided(offices)
    org = offices.installations["bob"].register.org
    press = press_of(resources.read, resources.names)

    people = people_of(offices, "bob")

    beside = anchor_of_acts(org, acts_of(offices, "bob"), people, press)
    bare = anchor_of_acts(org, acts_of(offices, "bob"), people)

    assert MADE_AGAIN in verifying.verify_record(record(offices, "bob", case), beside).checked
    assert verifying.verify_record(record(offices, "bob", case), bare).passed


@pytest.mark.exhaustive
def test_a_record_by_an_own_playbook_is_made_again_from_files_alone(offices, tmp_path):
    """Nothing of the program's own content is needed: the roster names the bytes, and they are beside the acts."""
    made = overlay()
    accept(offices, made)
    case = decided(offices)
    org, pdf = offices.installations["bob"].register.org, record(offices, "bob", case)
    folder = tmp_path / "exchange"
    (folder / "blob").mkdir(parents=True)

    def judged(data: bytes | None) -> RecordVerdict:
        if data is not None:
            (folder / "blob" / made.digest).write_bytes(data)
        press = press_of(resources.read, resources.names, folder)
        return verifying.verify_record(
            pdf, anchor_of_acts(org, acts_of(offices, "bob"), people_of(offices, "bob"), press)
        )

    for missing in (judged(None), judged(b"{}")):
        assert MADE_AGAIN not in missing.checked
        assert "The playbook this use case was filed with is not here" in " ".join(missing.unchecked)
    assert MADE_AGAIN in judged(to_blob(made)).checked


@pytest.mark.attack("both offices sign pages that the acts do not make", refusal="SIG_CONSTRAINTS_FAILURE")
def test_two_patched_offices_cannot_pass_off_other_pages(offices):
    patch(offices, "cleo", "dan")
    case = decided(offices)

    verdict = verifying.verify(offices.installations["bob"], record(offices, "bob", case))

    assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.SIG_CONSTRAINTS_FAILURE)
    assert verdict.sentence == "The pages do not say what the signed acts say."


@pytest.mark.attack("pages said to be of a newer edition, to switch the comparison off", refusal="INDETERMINATE")
@pytest.mark.exhaustive
def test_two_patched_offices_cannot_say_that_a_newer_edition_drew_their_pages(offices):
    patch(offices, "cleo", "dan", number=9)
    case = decided(offices)

    verdict = verifying.verify(offices.installations["bob"], record(offices, "bob", case))

    assert (verdict.indication, verdict.sub_indication) == (
        Indication.INDETERMINATE,
        SubIndication.SIG_CONSTRAINTS_FAILURE,
    )
    assert verdict.sentence == (
        "The signatures hold, but the pages cannot be compared with the signed acts. The record was made by a newer "
        "version of Countersign: edition 9; this version knows 1."
    )
    assert verdict.next_step == UnknownEdition.next


@pytest.mark.attack("first signer sends other pages than the acts make", refusal="ChangedBase, and a fresh sheet")
@pytest.mark.exhaustive
def test_one_patched_office_does_not_get_the_other_to_sign(offices):
    case = filed_with_both(offices)
    patch(offices, "dan")
    offices.decide("dan", case)
    offices.travel("dan", "cleo")

    given = offices.terms("dan", case)
    prepared = deciding.prepare(offices.installations["cleo"], "cleo", case, Position.APPROVE, given=given)

    assert prepared.sheet is not None
    assert prepared.sheet.beside == ""
    assert words(prepared.sheet.note) == ChangedBase().what_happened


@pytest.mark.exhaustive
def test_a_declined_and_a_withdrawn_record_are_made_again(offices):
    declined, withdrawn = offices.file(), offices.file()
    offices.travel("ada", "dan")
    offices.decide("dan", declined, Position.DECLINE, reason="Not with these data.")
    filing.withdraw(offices.installations["ada"], offices.signer("ada"), withdrawn, "No longer needed.")
    offices.travel("dan", "bob")
    offices.travel("ada", "bob")

    for case in (declined, withdrawn):
        verdict = verifying.verify(offices.installations["bob"], record(offices, "bob", case))
        assert verdict.passed
        assert MADE_AGAIN in verdict.checked


def withdrawn(offices) -> tuple[str, bytes]:
    """A withdrawn case with three revisions, and its record as Bob has it."""
    case = offices.file()
    for _ in range(2):
        offices.file("ada", case)
    filing.withdraw(offices.installations["ada"], offices.signer("ada"), case, "No longer needed.")
    offices.travel("ada", "bob")
    return case, record(offices, "bob", case)


@pytest.mark.attack("a withdrawal after thousands of revisions", refusal="the newest 20 are printed, then unchecked")
@pytest.mark.exhaustive
def test_no_more_than_the_newest_revisions_are_printed_for_a_withdrawal(offices, monkeypatch):
    _, pdf = withdrawn(offices)
    asked = []
    monkeypatch.setattr(reprinting, "MOST_TRIES", 2)

    def other(case_file, reason):
        asked.append(case_file.revision.number)
        return replace(E1.withdrawn(case_file, reason), summary=(Paragraph("Withdrawn for another reason."),))

    assert MADE_AGAIN in verifying.verify(offices.installations["bob"], pdf).checked
    verdict = verifying.verify(patched(offices.installations["bob"], withdrawn=other), pdf)

    assert asked == [3, 2]
    assert verdict.indication is Indication.INDETERMINATE
    assert "They are none of the 2 likeliest" in verdict.sentence


@pytest.mark.attack("acts whose pages cannot be laid out", refusal="INDETERMINATE; the other files are judged")
@pytest.mark.parametrize("error", [IndexError("no such line"), RecursionError(), MemoryError()])
@pytest.mark.exhaustive
def test_pages_that_cannot_be_printed_cost_only_their_own_check(offices, monkeypatch, error):
    pdf = record(offices, "bob", decided(offices))

    def fails(*_given, **_named):
        raise error

    monkeypatch.setattr(rebuild, "printed_alike", fails)
    verdict = verifying.verify(offices.installations["bob"], pdf)

    assert verdict.indication is Indication.INDETERMINATE
    assert f"Printing what the acts say failed ({type(error).__name__})" in verdict.sentence
