"""Records of colleagues are judged in another process before they are handed out: what they do to a reader stays there."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.records.proof import validate
from intake.records.proof.verdict import RecordVerdict
from intake.services.deciding.records_at_hand import RecordFails, at_hand
from intake.services.filing import filing
from intake.services.outside.limits import WorkerLimits
from intake.services.outside.pool import Pool
from intake.services.outside.refusals import ReaderNotStarted, ReadingCancelled
from intake.services.proving.judge import by_register
from intake.services.proving.verifying import verify
from tests.commands.house import run
from tests.services.offices import Offices
from tests.services.test_seals import decided, first_signed

BUSY = "tests.services.busy_tasks"


@pytest.mark.attack(
    "a colleague's copy that keeps its reader busy, on the record page", refusal="RecordFails, as its reader says"
)
@pytest.mark.exhaustive
def test_a_copy_that_keeps_its_reader_busy_is_given_up_and_not_handed_out(offices: Offices) -> None:
    case = first_signed(offices)

    with Pool(limits=WorkerLimits(seconds=1), tasks=BUSY) as pool, pytest.raises(RecordFails) as refused:
        at_hand(offices.installations["cleo"], case, by_register(pool))

    assert "took more than 1 seconds" in refused.value.what_happened


def test_who_closes_the_page_does_not_wait_for_such_a_copy(offices: Offices) -> None:
    case = first_signed(offices)

    with Pool(tasks=BUSY) as pool, pytest.raises(ReadingCancelled):
        at_hand(offices.installations["cleo"], case, by_register(pool, lambda: True))


def test_no_record_is_opened_in_the_process_of_the_command(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = decided(offices)
    offices.installations["bob"].register.close()

    def opened(*_: object) -> None:
        raise AssertionError("a record was opened in this process")

    monkeypatch.setattr(validate, "validate_record", opened)
    run("record", case, tmp_path / "record.pdf", "--home", offices.root / "bob")

    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.exhaustive
def test_a_record_can_still_be_saved_when_its_decision_was_suspended(offices: Offices) -> None:
    case = decided(offices)
    sealed = at_hand(offices.installations["cleo"], case, verify)

    offices.decide("cleo", case, Position.DECLINE, reason="The supplier was breached.")
    found = at_hand(offices.installations["cleo"], case, verify)

    assert (sealed.words, found.data) == ("", sealed.data)
    assert found.words == "It was decided on these terms, and the decision is not in force now: look at the use case."


def test_the_record_of_a_withdrawal_is_given_out_as_what_it_is(offices: Offices) -> None:
    case = decided(offices)
    offices.travel("cleo", "ada")
    filing.withdraw(offices.installations["ada"], offices.signer("ada"), case, "No longer needed.")

    found = at_hand(offices.installations["ada"], case, verify)

    assert found.words == ""
    assert found.attachment.name.endswith("withdrawn.pdf")


def test_a_reader_that_cannot_be_started_says_nothing_about_the_record(offices: Offices) -> None:
    case = first_signed(offices)

    def judge(*_: object) -> RecordVerdict:
        raise ReaderNotStarted(detail="Permission denied")

    with pytest.raises(ReaderNotStarted):
        at_hand(offices.installations["cleo"], case, judge)
