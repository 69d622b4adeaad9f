"""Pictures of every screen in both themes, for the demonstration: ``countersign demo --headless`` starts this.

The sample organisation whose installations are opened here is real; the journey beside it is in ``services.journey``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import resources
from intake.domain.base.refusals import Refusal
from intake.domain.playbook.questions import QuestionKind
from intake.sample.building import Sample, build_sample
from intake.services.filing import filing
from intake.services.installation.workspace import Session, Workspace, open_installation
from intake.services.lists import cases
from intake.services.lists.cases import CaseRow
from intake.services.lists.first import first_page
from ui.application import application
from ui.compare.target import CompareTarget
from ui.guide import stops as guide_stops
from ui.guide.stops import View
from ui.guide.work import sign_and_file
from ui.jobs import JobTask
from ui.literacy.page import LiteracyView
from ui.pictures.life import take_life_pictures
from ui.pictures.tour import PictureStop, say, tour
from ui.several.chosen import ChosenCases


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m ui.pictures.demo", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/screens"), help="where the pictures are put")
    parser.add_argument("--work", type=Path, help="where the sample organisation is made; thrown away otherwise")
    parser.add_argument(
        "--life", type=Path, help="the folder of a life that was told: pictures of what people saw in it"
    )
    given = parser.parse_args(argv)
    with TemporaryDirectory(prefix="countersign-screens-") as scratch:
        work = (given.work or Path(scratch)).absolute()
        try:
            if given.life:
                count = take_life_pictures(given.life.absolute(), given.out.absolute(), _now)
            else:
                sample = build_sample(work / "sample", read=resources.read, names=resources.names, clock=_now)
                count = take_pictures(sample, work, given.out.absolute())
        except Refusal as refusal:
            sys.stderr.write(f"{refusal.sentence}\n")
            return refusal.exit_code
    say(f"{count} pictures: {given.out}")
    return 0


def take_pictures(sample: Sample, out: Path, pictures: Path) -> int:
    """A picture of every screen, as the CISO, as an owner and as somebody new. Raises BlankScreen."""
    app = application()
    _fresh(pictures)
    _fresh(out / "new")
    pictures.mkdir(parents=True)
    count = 0
    for root, stops in (
        (sample.installation, tuple(_reviewer_stops(sample.installation))),
        (sample.people[sample.owner], _owner_stops(sample)),
        (
            out / "new",
            (
                PictureStop("start", "start"),
                PictureStop("start-join", "start", "join"),
                PictureStop("start-found", "start", "found"),
            ),
        ),
    ):
        count += tour(app, root, stops, pictures)
    return count


def _owner_stops(sample: Sample) -> tuple[PictureStop, ...]:
    """The guide from its first question to the confirmation, on drafts made and a use case filed for the pictures."""
    workspace = Workspace(sample.people[sample.owner])
    installation = open_installation(workspace, resources.read, resources.names)
    try:
        newest = cases.page(installation, cases.PlaceInList(limit=200)).rows
        mine = next(row for row in newest if _may_file_again(row, sample.owner))
        fresh = filing.start(installation, sample.owner)
        filed = filing.start(installation, sample.owner, case=mine.case)
        done = sign_and_file(JobTask(), Session(workspace, installation), sample.passphrase, filed)
        whole = filing.start(installation, sample.owner, case=mine.case)
        guide = filing.view(installation, whole).guide
        asked = [
            (page.id, item.id) for page in guide.pages for item in page.questions if item.kind is QuestionKind.FILES
        ]
        page = guide.pages[len(guide.pages) // 2]
    finally:
        installation.close()
    return (
        PictureStop("owner-home", "home"),
        PictureStop("owner-drafts", "drafts"),
        PictureStop("new-use-case", "new"),
        PictureStop("explain", "explain"),
        PictureStop("literacy", "literacy"),
        PictureStop("literacy-who", "literacy", LiteracyView.WHO),
        PictureStop("help", "help"),
        PictureStop("guide-screening", "guide", guide_stops.GuideStop(fresh)),
        PictureStop("guide-tasks", "guide", guide_stops.GuideStop(whole, View.TASKS)),
        PictureStop("guide-question", "guide", guide_stops.GuideStop(whole, View.QUESTIONS, page.id)),
        PictureStop("guide-evidence", "guide", guide_stops.GuideStop(whole, View.QUESTIONS, *asked[0])),
        PictureStop("guide-check", "guide", guide_stops.GuideStop(whole, View.CHECK)),
        PictureStop("guide-signing", "guide", guide_stops.GuideStop(whole, View.CHECK), "Sign and file…"),
        PictureStop("guide-filed", "guide", done),
    )


def _may_file_again(row: CaseRow, person: str) -> bool:
    return row.owner == person and row.phase in ("decided", "changes-requested", "review", "countersign")


def _reviewer_stops(root: Path) -> Iterator[PictureStop]:
    yield PictureStop("home", "home")
    yield PictureStop("inbox", "inbox")
    yield PictureStop("register", "register")
    yield PictureStop("drafts", "drafts")
    yield PictureStop("records", "records")
    yield PictureStop("people", "people")
    yield PictureStop("add-person", "add-person")
    yield PictureStop("playbook", "playbook")
    yield PictureStop("exchange", "exchange")
    yield PictureStop("settings", "settings")
    page = first_page(root / "register.sqlite", limit=200)
    rows = page.page.rows if page else ()
    seen: set[str] = set()
    for row in rows:
        if row.phase in seen:
            continue
        seen.add(row.phase)
        yield PictureStop(f"case-{row.phase}", "case", row.case)
        if row.phase in ("review", "countersign", "terms-differ"):
            yield PictureStop(f"review-{row.phase}", "review", row.case)
        if row.phase == "countersign":
            yield PictureStop("review-risk", "review", row.case, "Show tier, threats and controls")
            yield PictureStop("review-answers", "review", row.case, "Show answers and evidence")
            yield PictureStop("review-terms", "review", row.case, "Show terms and boundaries")
            yield PictureStop("review-signing", "review", row.case, "Approve these terms…")
        if row.phase == "decided":
            yield PictureStop("record", "record", row.case)
        if row.phase == "conflict":
            yield PictureStop("compare", "compare", CompareTarget(row.case))
    waiting = tuple(row.case for row in rows if row.phase in ("review", "countersign", "terms-differ"))
    yield PictureStop("several", "several", ChosenCases(waiting[:6]))


def _fresh(folder: Path) -> None:
    """Take away what an earlier demonstration left there."""
    shutil.rmtree(folder, ignore_errors=True)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


if __name__ == "__main__":
    raise SystemExit(main())
