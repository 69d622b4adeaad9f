"""A signed notice is one page, on either paper, and says there how it is checked; only what its author writes makes it longer."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from intake.domain.case.event import Event
from intake.domain.organisation.paper import Paper
from intake.records.notice_file import NoticeFile
from intake.services.deciding import suspending
from intake.services.deciding.noticing import changed_by
from intake.services.filing import handing, retiring
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
