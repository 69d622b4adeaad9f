"""What is no file, chosen or dropped in the window: refused in words by every job that reads one, and nobody waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intake.domain.base.refusals import Refusal
from intake.services.filing import filing
from tests.odd_files import KERNEL_LOG, NO_FILES, POSIX, at_once
from tests.ui.sessions import Sessions
from ui.exchange import importing
from ui.guide.begin import start_work
from ui.guide.evidence import evidence_work
from ui.jobs import JobTask
from ui.records import paper_jobs
from ui.records.paper_jobs import PdfNotRead
from ui.start import work as start
from ui.start.key_form import KeyWanted

pytestmark = POSIX
MAKERS = pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)


@pytest.mark.attack("a pipe or a device chosen in the window", refusal="the refusal of the screen: it is not a file")
@MAKERS
def test_each_screen_says_that_it_is_not_a_file(
    sessions: Sessions, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    session = sessions.session("bob")
    act, odd = tmp_path / "odd.p7m", tmp_path / "odd"
    make(act)
    make(odd)
    wanted = KeyWanted("Bob", "", "bob", "a long passphrase", str(odd), existing=False)

    with at_once():
        for job in (
            lambda: paper_jobs.open_file(JobTask(), session, None, odd),
            lambda: start_work.begin_bom(JobTask(), session, odd),
            lambda: start.make_key(JobTask(), session, wanted),
        ):
            with pytest.raises(Refusal, match="it is not a file"):
                job()
        taken = importing.import_files(JobTask(), session, (act, odd))
        founding = start.import_files(JobTask(), session, (act,))

    assert ["not a file" in str(refusal) for refusal in (*taken.refused, *founding.refused)] == [True, True, True]


@pytest.mark.attack("a pipe or a device dropped as evidence", refusal="FileNotReadable: it is not a file")
def test_evidence_that_is_no_file_is_refused_one_by_one(sessions: Sessions, tmp_path: Path) -> None:
    session, folder = sessions.session("ada"), tmp_path / "dropped"
    folder.mkdir()
    draft = filing.start(session.installation, "ada")
    for number, make in enumerate(NO_FILES.values()):
        make(folder / f"{number}")

    with at_once():
        done = evidence_work.attach_files(JobTask(), session, draft, "evidence.files", sorted(folder.iterdir()))

    assert [refusal.code for refusal in done.refused] == ["FileNotReadable"] * len(NO_FILES)
    assert all("it is not a file" in refusal.what_happened for refusal in done.refused)


@pytest.mark.attack("a link to the kernel’s log opened as a record", refusal="PdfNotRead, or not a PDF")
def test_a_file_the_system_makes_up_is_not_waited_for(sessions: Sessions, tmp_path: Path) -> None:
    (tmp_path / "log").symlink_to(KERNEL_LOG)

    with at_once():
        done = start.import_files(JobTask(), sessions.session("bob"), (tmp_path / "log",))

    assert [refusal.code for refusal in done.refused] == ["NotForHere"]
    assert "“log”" in str(done.refused[0])
    with at_once(), pytest.raises(PdfNotRead, match="it is not there"):
        paper_jobs.open_file(JobTask(), sessions.session("bob"), None, tmp_path / "nowhere")
