"""A signed notice is one page, on either paper, and says there how it is checked; only what its author writes makes it longer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from intake.domain.base.wording import words
from intake.domain.case.event import Event
from intake.domain.case.record_standing import Standing
from intake.domain.case.standing_said import StandsToday
from intake.domain.organisation.paper import Paper
from intake.records.notice_file import NoticeFile
from intake.records.proof.verdict import Indication, SubIndication
from intake.services.deciding import suspending
from intake.services.deciding.noticing import changed_by
from intake.services.filing import handing, retiring
from intake.services.proving.verifying import verify, verify_beside
from tests.services.offices import Offices
from tests.services.stages import filed_with_ciso

EVERYBODY = ("ada", "bob", "cleo", "dan")
LEFT = {
    "data": "The transcripts are deleted on the last day of the month; the vendor confirms it in writing.",
    "access": "The group in the directory is removed, and so are the keys of its service account.",
    "model": "Switched off at the provider.",
    "contract": "Ended by the end of the quarter.",
}
REASON = "It showed the drafts of one department to another, and nobody can tell yet since when. " * 2
CHECK = ("How to check this notice", "pdfsig record.pdf", "sha256sum", "Organisation id", "Attached data")


@pytest.fixture
def case(offices: Offices) -> str:
    found = filed_with_ciso(offices)
    for name in ("dan", "cleo"):
        offices.decide(name, found)
        offices.travel(name, *EVERYBODY)
    return found


def noticed(offices: Offices, case: str, kind: str, reason: str) -> NoticeFile:
    """What the notice of such an act is made of."""
    dan, ada = offices.installations["dan"], offices.installations["ada"]
    if kind in ("suspend", "lift"):
        made = suspending.suspend(dan, offices.signer("dan"), case, reason).acts[0]
        if kind == "lift":
            made = suspending.lift(dan, offices.signer("dan"), case, reason).acts[0]
        home = dan
    elif kind == "retire":
        made, home = retiring.retire(ada, offices.signer("ada"), case, reason, LEFT).act, ada
    else:
        made, home = handing.hand_over(ada, offices.signer("ada"), case, "bob", reason).act, ada
    state = home.state(case)
    found: Event = state.event(made)
    assert state.current is not None
    return NoticeFile(state, state.current, home.rosters, found, changed_by(state))


def pages(offices: Offices, file: NoticeFile, paper: Paper) -> list[str]:
    printer = offices.installations["dan"].printer
    base = printer.base(printer.newest, replace(printer.newest.notice(file), paper=paper))
    document = pypdfium2.PdfDocument(base)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("kind", ["suspend", "lift", "retire", "hand-over"])
def test_each_notice_is_one_page_that_says_how_it_is_checked(offices: Offices, case: str, kind: str) -> None:
    file = noticed(offices, case, kind, REASON)

    for paper in Paper:
        (page,) = pages(offices, file, paper)
        assert "Page 1 of 1" in page
        assert REASON.strip() in page
        assert all(words in page for words in CHECK)
        assert file.changes in page.replace(" ", "")


def test_a_long_reason_takes_more_and_the_page_says_that_it_goes_on(offices: Offices, case: str) -> None:
    file = noticed(offices, case, "suspend", REASON * 20)
    for paper in Paper:
        first, *_, last = pages(offices, file, paper)
        assert first.count("on the next page, which is signed as well.") == 1
        assert "How to check this record" in last


def test_the_longest_reason_that_leaves_no_room_for_the_check_says_where_it_is(offices: Offices, case: str) -> None:
    found = []
    for more in range(1, 24):
        file = noticed(offices, case, "suspend", REASON + "It must stop. " * (12 * more))
        every = pages(offices, file, Paper.A4)
        found.append((len(every), "How to check it is said on the next page" in every[0]))

    assert found[0] == (1, False)
    assert (2, True) in found, "the reason fits, and the check does not"
    assert [count for count, _ in found] == sorted(count for count, _ in found)


def told(offices: Offices, case: str, notice: str, who: str = "bob") -> StandsToday:
    data = offices.installations[who].register.queries.blob(notice)
    assert data is not None
    verdict = verify(offices.installations[who], data)
    assert verdict.indication is Indication.PASSED
    assert verdict.stands is not None
    assert verdict.step == verdict.stands.step
    assert verdict.stands.stands.standing is Standing.NOTICE
    assert verdict.stands.holds
    return verdict.stands


KEEP = " Keep the notice with the record it changes, and verify that one as well."


def test_a_notice_says_what_it_is_which_record_it_changes_and_what_to_do(offices: Offices, case: str) -> None:
    dan, cleo, ada = (offices.installations[name] for name in ("dan", "cleo", "ada"))
    record = changed_by(dan.state(case))
    changes = f"It changes the record with the SHA-256 {record}."
    stopped = suspending.suspend(dan, offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", *EVERYBODY)
    open_still = told(offices, case, stopped.notices[0])
    assert words(open_still.said) == (
        f"It is the notice that the use case was suspended on 2026-11-22, by the CISO (Dan). {changes}"
    )
    assert words(open_still.step) == "It must not run until both offices have lifted the suspension." + KEEP

    half = suspending.lift(dan, offices.signer("dan"), case, "Mended.")
    offices.travel("dan", *EVERYBODY)
    suspending.lift(cleo, offices.signer("cleo"), case, "Mended.")
    offices.travel("cleo", *EVERYBODY)
    over = told(offices, case, stopped.notices[0])
    assert words(over.said).endswith(f"{changes} Since then both offices have lifted it.")
    assert words(over.step) == KEEP.strip()
    lifted = told(offices, case, half.notices[0])
    assert words(lifted.said).startswith(
        "It is the notice that a suspension was lifted on 2026-11-22, by the CISO (Dan)."
    )
    assert words(lifted.step).startswith("It may run again only once both offices have lifted every suspension of it.")

    given = handing.hand_over(ada, offices.signer("ada"), case, "bob", "I move on.")
    ended = retiring.retire(ada, offices.signer("ada"), case, "Replaced.", LEFT)
    offices.travel("ada", *EVERYBODY)
    handed, retired = told(offices, case, given.notice), told(offices, case, ended.notice)
    assert words(handed.said).startswith("It is the notice that the use case was handed over on 2026-11-22, by Ada.")
    assert words(handed.step).startswith("Once somebody has taken it over, they answer for it: look at the use case.")
    assert words(retired.said).startswith("It is the notice that the use was retired on 2026-11-22, by Ada.")
    assert words(retired.step) == "It must not run any more." + KEEP


def test_a_notice_of_a_use_case_without_a_record_says_so(offices: Offices) -> None:
    found = filed_with_ciso(offices)
    ada = offices.installations["ada"]
    given = handing.hand_over(ada, offices.signer("ada"), found, "bob", "I move on.")
    offices.travel("ada", *EVERYBODY)

    stands = told(offices, found, given.notice)

    assert words(stands.said).endswith("No record had been sealed before it.")
    assert words(stands.step).endswith("Keep the notice for the files.")


def test_a_notice_alone_waits_for_no_other_signature_and_says_what_is_lacking(
    offices: Offices, case: str, tmp_path: Path
) -> None:
    dan = offices.installations["dan"]
    stopped = suspending.suspend(dan, offices.signer("dan"), case, "It leaked.")
    data = dan.register.queries.blob(stopped.notices[0])
    assert data is not None
    file = tmp_path / "notice.pdf"
    file.write_bytes(data)

    verdict = verify_beside(file, dan.rosters.org, ())

    assert verdict.indication is Indication.INDETERMINATE
    assert verdict.sub_indication is not SubIndication.SIG_CONSTRAINTS_FAILURE
    assert words(verdict.said) == "The signatures hold, but something is missing: the acts of this use case."
    assert words(verdict.step).startswith("Give the organisation’s id and the acts that belong to this record")
    assert verdict.stands is not None
    assert "it calls itself a notice, which changes a record" in words(verdict.stands.said)
