"""Every screen as somebody may see it, one after the other, on a small real organisation: for rules that hold on all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from intake.services.filing import filing
from intake.services.installation.workspace import Session
from tests.services.competing import DPIA, ONE, OTHER, PERSONAL, PROBLEM, compete
from tests.services.offices import Offices
from tests.services.stages import stage
from tests.ui.guide.drafting import complete
from tests.ui.sessions import PASSPHRASE, session
from ui.app import Desktop, Options, default_wiring
from ui.compare.target import CompareTarget
from ui.guide.stops import GuideStop, View
from ui.guide.work import sign_and_file
from ui.jobs import JobTask
from ui.literacy.page import LiteracyView
from ui.page import Page
from ui.pictures.screenshots import grab
from ui.pictures.tour import settle
from ui.places import places
from ui.several.chosen import ChosenCases

SIZE = QSize(1280, 720)
LISTED = tuple((place.key, None) for place in places() if place.listed)


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen as it is shown now. ``root`` is the dialog that is open, or the window."""

    place: str
    name: str
    desktop: Desktop
    page: Page
    dialog: QDialog | None

    @property
    def root(self) -> QWidget:
        return self.dialog or self.desktop.window


@stage
def in_the_middle(offices: Offices) -> Cases:
    """A case that waits for the CIO after the CISO's approval, one that both decided, and one of which two revisions compete."""
    at = compete(offices, {PROBLEM: ONE}, {PROBLEM: OTHER, PERSONAL: "ordinary", DPIA: "unneeded"})
    waiting, decided = offices.file(), offices.file()
    offices.travel("ada", *offices.installations)
    for case in (waiting, decided):
        offices.decide("dan", case)
    offices.travel("dan", *offices.installations)
    offices.decide("cleo", decided)
    offices.travel("cleo", *offices.installations)
    return waiting, decided, at.case


Stops = list[tuple]
Cases = tuple[str, str, str]
"""Those of ``in_the_middle``."""
Tour = Callable[[Offices, Cases], tuple[Session | None, Stops]]
"""Who walks, and where: a place, its argument, and perhaps the key of an action that opens a dialog."""


def lists(offices: Offices, _: Cases) -> tuple[Session, Stops]:
    """What the CIO can choose in the navigation."""
    return session(offices, "cleo"), [*LISTED]


def reading(offices: Offices, cases: Cases) -> tuple[Session, Stops]:
    """Where the CIO reads: help, chapters, a use case, a record."""
    waiting, decided, _ = cases
    return session(offices, "cleo"), [
        ("explain", None),
        ("literacy", None),
        ("literacy", LiteracyView.WHO),
        ("help", None),
        ("add-person", None),
        ("case", waiting),
        ("case", decided),
        ("record", decided),
        ("case", waiting, "Ctrl+Shift+M"),
    ]


def deciding(offices: Offices, cases: Cases) -> tuple[Session, Stops]:
    """Where the CIO decides, with the sheets."""
    waiting, decided, _ = cases
    return session(offices, "cleo"), [
        *(("review", waiting, f"Alt+{number}") for number in range(1, 6)),
        ("review", waiting, "Ctrl+Shift+A"),
        ("review", waiting, "Ctrl+Shift+D"),
        ("several", ChosenCases((waiting, decided))),
        ("several", ChosenCases((waiting, decided)), "Ctrl+Shift+Return"),
    ]


def answering(offices: Offices, _: Cases) -> tuple[Session, Stops]:
    """An owner who begins and answers."""
    ada = session(offices, "ada")
    drafts = [filing.start(ada.installation, "ada") for _ in range(2)]
    complete(ada, drafts[1])
    guide = filing.view(ada.installation, drafts[1]).guide
    return ada, [
        ("drafts", None),
        ("new", None),
        ("guide", GuideStop(drafts[0])),
        ("guide", GuideStop(drafts[1], View.TASKS)),
        *(
            ("guide", GuideStop(drafts[1], View.QUESTIONS, page.id))
            for page in guide.pages[:: max(1, len(guide.pages) // 3)]
        ),
    ]


def filing_it(offices: Offices, cases: Cases) -> tuple[Session, Stops]:
    """An owner who checks, signs and has filed."""
    waiting, _, _ = cases
    ada = session(offices, "ada")
    drafts = [filing.start(ada.installation, "ada") for _ in range(2)]
    for draft in drafts:
        complete(ada, draft)
    filed = sign_and_file(JobTask(), ada, PASSPHRASE, drafts[1])
    return ada, [
        ("guide", GuideStop(drafts[0], View.CHECK)),
        ("guide", GuideStop(drafts[0], View.CHECK), "Ctrl+Shift+Return"),
        ("guide", filed),
        ("case", waiting),
    ]


def competing(offices: Offices, cases: Cases) -> tuple[Session, Stops]:
    """An owner of a use case of which two revisions compete."""
    _, _, case = cases
    ada = session(offices, "ada")
    joining = filing.start(ada.installation, "ada", case=case)
    return ada, [
        ("case", case),
        ("compare", CompareTarget(case)),
        ("guide", GuideStop(joining, View.TASKS)),
        ("guide", GuideStop(joining, View.CHOOSE)),
        ("guide", GuideStop(joining, View.CHECK)),
    ]


def administering(offices: Offices, _: Cases) -> tuple[Session, Stops]:
    return session(offices, "bob"), [("people", None), ("add-person", None), ("playbook", None), ("exchange", None)]


def beginning(_: Offices, __: Cases) -> tuple[None, Stops]:
    """Somebody new."""
    return None, [("start", None), ("start", "join"), ("start", "found")]


TOURS: tuple[Tour, ...] = (
    lists,
    reading,
    deciding,
    answering,
    filing_it,
    competing,
    administering,
    beginning,
)
"""What the CIO, an owner, an administrator and somebody new can open, with the dialogs that pages open."""


def screens_of(app: QApplication, tour: Tour, offices: Offices, empty: Path) -> Iterator[Screen]:
    """The screens of one tour, each as it is shown."""
    who, stops = tour(offices, in_the_middle(offices))
    yield from _tour(app, who, stops, root=empty)


def _tour(app: QApplication, who: Session | None, stops: Stops, root: Path) -> Iterator[Screen]:
    wiring = default_wiring()
    if who is not None:
        wiring = replace(wiring, open_installation=lambda _: who, heavy={})
        root = who.workspace.root
    desktop = Desktop(app, Options(root), replace(wiring, first_place=stops[0][0], companions=()))
    try:
        desktop.window.resize(SIZE)
        desktop.show()
        settle(desktop)
        for place, argument, *keys in stops:
            desktop.context.go(place, argument)
            settle(desktop)
            page = desktop.window.pages.page
            if keys:
                (action,) = [item for item in page.actions() if item.shortcut().toString() == keys[0]]
                action.trigger()
                settle(desktop)
            dialog = next((item for item in desktop.window.findChildren(QDialog) if item.isVisible()), None)
            grab(dialog or desktop.window, None if dialog else SIZE)
            yield Screen(place, f"{place} {page.title()} {' '.join(keys)}".strip(), desktop, page, dialog)
            if dialog is not None:
                dialog.reject()
    finally:
        desktop.close()
        # Nothing of it is walked, styled and listened to by the next one.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
