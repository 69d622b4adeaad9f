"""Pictures of every screen in both themes, for the demonstration: ``countersign demo --headless`` starts this.

The sample organisation whose desks are opened here is real; the journey beside it is in ``services.journey``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication

import resources
from intake.domain.refusals import Refusal
from intake.register.first_page import first_page
from intake.services.sample import Sample, build_sample
from ui.app import Desktop, Options, default_wiring
from ui.jobs import Jobs
from ui.screenshots import grab, is_blank
from ui.theme import Scheme

SIZE = QSize(1280, 800)


class BlankScreen(Refusal):
    what = "The screen “{name}” shows nothing."
    why = "A screen without content helps nobody, and something in it did not load."
    next = "Open this screen in the app and look for what it says."
    exit_code = 1


@dataclass(frozen=True, slots=True)
class Stop:
    """One picture: the place to go to, with its argument, and the name of the picture."""

    name: str
    place: str
    argument: object = None


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m ui.demo", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/screens"), help="where the pictures are put")
    parser.add_argument("--work", type=Path, help="where the sample organisation is made; thrown away otherwise")
    given = parser.parse_args(argv)
    with TemporaryDirectory(prefix="countersign-screens-") as scratch:
        work = (given.work or Path(scratch)).absolute()
        try:
            sample = build_sample(work / "sample", read=resources.read, names=resources.names, clock=_now)
            count = take_pictures(sample, work, given.out.absolute())
        except Refusal as refusal:
            sys.stderr.write(f"{refusal.sentence}\n")
            return refusal.exit_code
    _say(f"{count} pictures: {given.out}")
    return 0


def take_pictures(sample: Sample, out: Path, pictures: Path) -> int:
    """A picture of every screen, as the CISO, as an owner and as somebody new. Raises BlankScreen."""
    app = QApplication.instance() or QApplication(["countersign-desk"])
    assert isinstance(app, QApplication)
    _fresh(pictures)
    _fresh(out / "new")
    pictures.mkdir(parents=True)
    count = 0
    for root, stops in (
        (sample.desk, _reviewer_stops(sample.desk)),
        (sample.people[sample.owner], (Stop("owner-home", "home"), Stop("owner-drafts", "drafts"))),
        (out / "new", (Stop("start", "start"),)),
    ):
        count += _tour(app, root, tuple(stops), pictures)
    return count


def _reviewer_stops(root: Path) -> Iterator[Stop]:
    yield Stop("home", "home")
    yield Stop("inbox", "inbox")
    yield Stop("register", "register")
    yield Stop("drafts", "drafts")
    yield Stop("records", "records")
    yield Stop("people", "people")
    yield Stop("exchange", "exchange")
    yield Stop("settings", "settings")
    page = first_page(root / "register.sqlite", limit=200)
    rows = page.page.rows if page else ()
    seen: set[str] = set()
    for row in rows:
        if row.phase in seen:
            continue
        seen.add(row.phase)
        yield Stop(f"case-{row.phase}", "case", row.case)
        if row.phase in ("review", "countersign", "terms-differ"):
            yield Stop(f"review-{row.phase}", "review", row.case)
        if row.phase == "decided":
            yield Stop("record", "record", row.case)


def _tour(app: QApplication, root: Path, stops: Sequence[Stop], pictures: Path) -> int:
    wiring = replace(default_wiring(), first_place=stops[0].place)
    desktop = Desktop(app, Options(root, sample=True), wiring)
    try:
        desktop.window.resize(SIZE)
        desktop.show()
        _settle(desktop.jobs)
        # One round for each theme: changing it restyles every widget there is, which takes longer than going round.
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            desktop.theme.set_scheme(scheme)
            for stop in stops:
                desktop.context.go(stop.place, stop.argument)
                _settle(desktop.jobs)
                picture = grab(desktop.window, SIZE)
                if is_blank(picture):
                    raise BlankScreen(name=stop.name)
                path = pictures / f"{stop.name}-{scheme.value}.png"
                if not picture.save(str(path)):
                    raise OSError(f"could not write {path}")
                _say(f"  {stop.name}, {scheme.value}")
    finally:
        desktop.close()
    return 2 * len(stops)


def _settle(jobs: Jobs) -> None:
    """Let the event loop run until no job is left and what the last one brought is drawn."""
    for _ in range(3):
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()
        while jobs.busy:
            jobs.busy_changed.connect(loop.quit)
            loop.exec()
            jobs.busy_changed.disconnect(loop.quit)
        QCoreApplication.sendPostedEvents()


def _fresh(folder: Path) -> None:
    """Take away what an earlier demonstration left there."""
    shutil.rmtree(folder, ignore_errors=True)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
