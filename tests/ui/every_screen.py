"""Every screen as somebody may see it, one after the other, on a small real organisation: for rules that hold on all."""

from __future__ import annotations

from collections.abc import Iterator
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
from ui.pictures.demo import _settle
from ui.pictures.screenshots import grab
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
def in_the_middle(offices: Offices) -> tuple[str, str, str]:
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


def every_screen(app: QApplication, offices: Offices, empty: Path) -> Iterator[Screen]:
    """What the CIO, an owner, an administrator and somebody new can open, with the dialogs that pages open."""
    waiting, decided, competing = in_the_middle(offices)
    cleo, ada, bob = (session(offices, name) for name in ("cleo", "ada", "bob"))
    yield from _tour(
        app,
        cleo,
        [
            *LISTED,
            ("explain", None),
            ("literacy", None),
            ("literacy", LiteracyView.WHO),
            ("help", None),
            ("add-person", None),
            ("case", waiting),
            ("case", decided),
            ("record", decided),
            *(("review", waiting, f"Alt+{number}") for number in range(1, 6)),
            ("review", waiting, "Ctrl+Shift+A"),
            ("review", waiting, "Ctrl+Shift+D"),
            ("several", ChosenCases((waiting, decided))),
            ("several", ChosenCases((waiting, decided)), "Ctrl+Shift+Return"),
            ("case", waiting, "Ctrl+Shift+M"),
        ],
    )
    joining = filing.start(ada.installation, "ada", case=competing)
    drafts = [filing.start(ada.installation, "ada") for _ in range(3)]
    for draft in drafts[1:]:
        complete(ada, draft)
    guide = filing.view(ada.installation, drafts[1]).guide
    filed = sign_and_file(JobTask(), ada, PASSPHRASE, drafts[2])
    yield from _tour(
        app,
        ada,
        [
            ("drafts", None),
            ("new", None),
            ("guide", GuideStop(drafts[0])),
            ("guide", GuideStop(drafts[1], View.TASKS)),
            *(
                ("guide", GuideStop(drafts[1], View.QUESTIONS, page.id))
                for page in guide.pages[:: max(1, len(guide.pages) // 3)]
            ),
            ("guide", GuideStop(drafts[1], View.CHECK)),
            ("guide", GuideStop(drafts[1], View.CHECK), "Ctrl+Shift+Return"),
            ("guide", filed),
            ("case", waiting),
            ("case", competing),
            ("compare", CompareTarget(competing)),
            ("guide", GuideStop(joining, View.TASKS)),
            ("guide", GuideStop(joining, View.CHOOSE)),
            ("guide", GuideStop(joining, View.CHECK)),
        ],
    )
    yield from _tour(app, bob, [("people", None), ("add-person", None), ("playbook", None), ("exchange", None)])
    yield from _tour(app, None, [("start", None), ("start", "join"), ("start", "found")], root=empty)


def _tour(app: QApplication, who: Session | None, stops: list[tuple], root: Path | None = None) -> Iterator[Screen]:
    wiring = default_wiring()
    if who is not None:
        wiring = replace(wiring, open_installation=lambda _: who, heavy={})
        root = who.workspace.root
    desktop = Desktop(app, Options(root), replace(wiring, first_place=stops[0][0], companions=()))
    try:
        desktop.window.resize(SIZE)
        desktop.show()
        _settle(desktop)
        for place, argument, *keys in stops:
            desktop.context.go(place, argument)
            _settle(desktop)
            page = desktop.window.pages.page
            if keys:
                (action,) = [item for item in page.actions() if item.shortcut().toString() == keys[0]]
                action.trigger()
                _settle(desktop)
            dialog = next((item for item in desktop.window.findChildren(QDialog) if item.isVisible()), None)
            grab(dialog or desktop.window, None if dialog else SIZE)
            yield Screen(place, f"{place} {page.title()} {' '.join(keys)}".strip(), desktop, page, dialog)
            if dialog is not None:
                dialog.reject()
    finally:
        desktop.close()
        # Nothing of it is walked, styled and listened to by the next one.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
