"""Which places the window has, in the order of the navigation.

Each screen is imported on its first visit. A screen that is not built yet shows an empty page that says so.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from ui.context import Context
from ui.page import Page
from ui.shell.places import WindowPlace
from ui.texts import Texts
from ui.widgets.panels import EmptyState


def places() -> tuple[WindowPlace, ...]:
    """All places: the listed ones with Ctrl+1 to Ctrl+8, then those reached from them."""
    return (
        WindowPlace("home", PlaceTexts.tr("&Home"), "home", _screen("ui.home.page", "HomePage"), "Ctrl+1"),
        WindowPlace(
            "drafts", PlaceTexts.tr("My &drafts"), "guide", _screen("ui.guide.begin.drafts", "DraftsPage"), "Ctrl+2"
        ),
        WindowPlace("inbox", PlaceTexts.tr("&Inbox"), "inbox", _screen("ui.inbox.page", "InboxPage"), "Ctrl+3"),
        WindowPlace(
            "register", PlaceTexts.tr("&Register"), "register", _screen("ui.register.page", "RegisterPage"), "Ctrl+4"
        ),
        WindowPlace(
            "records", PlaceTexts.tr("Re&cords"), "record", _screen("ui.records.page", "RecordsPage"), "Ctrl+5"
        ),
        WindowPlace("people", PlaceTexts.tr("&People"), "people", _screen("ui.people.page", "PeoplePage"), "Ctrl+6"),
        WindowPlace(
            "exchange", PlaceTexts.tr("E&xchange"), "send", _screen("ui.exchange.page", "ExchangePage"), "Ctrl+7"
        ),
        WindowPlace(
            "settings", PlaceTexts.tr("&Settings"), "settings", _screen("ui.settings.page", "SettingsPage"), "Ctrl+,"
        ),
        WindowPlace(
            "start", PlaceTexts.tr("First steps"), "", _screen("ui.start.page", "StartPage"), listed=False, under="home"
        ),
        WindowPlace(
            "new",
            PlaceTexts.tr("New use case"),
            "",
            _screen("ui.guide.begin.starting", "StartingPage"),
            listed=False,
            under="drafts",
        ),
        WindowPlace(
            "guide", PlaceTexts.tr("Guide"), "", _screen("ui.guide.page", "GuidePage"), listed=False, under="drafts"
        ),
        WindowPlace(
            "review", PlaceTexts.tr("Review"), "", _screen("ui.review.page", "ReviewPage"), listed=False, under="inbox"
        ),
        WindowPlace(
            "several",
            PlaceTexts.tr("Sign several use cases"),
            "",
            _screen("ui.several.page", "SeveralPage"),
            listed=False,
            under="inbox",
        ),
        WindowPlace(
            "case",
            PlaceTexts.tr("Use case"),
            "",
            _screen("ui.case.page", "CasePage"),
            listed=False,
            under="register",
        ),
        WindowPlace(
            "compare",
            PlaceTexts.tr("Compare revisions"),
            "",
            _screen("ui.compare.page", "ComparePage"),
            listed=False,
            under="register",
        ),
        WindowPlace(
            "record",
            PlaceTexts.tr("Record"),
            "",
            _screen("ui.records.record", "RecordPage"),
            listed=False,
            under="records",
        ),
        WindowPlace(
            "explain", PlaceTexts.tr("Reasons and sources"), "", _screen("ui.explain.page", "ExplainPage"), listed=False
        ),
        WindowPlace(
            "literacy", PlaceTexts.tr("Why it matters"), "", _screen("ui.literacy.page", "LiteracyPage"), listed=False
        ),
        WindowPlace(
            "add-person",
            PlaceTexts.tr("Add a person"),
            "",
            _screen("ui.people.adding", "AddPersonPage"),
            listed=False,
            under="people",
        ),
        WindowPlace(
            "playbook",
            PlaceTexts.tr("Your own playbook"),
            "",
            _screen("ui.playbook.page", "PlaybookPage"),
            listed=False,
            under="people",
        ),
        WindowPlace(
            "help", PlaceTexts.tr("How Countersign works"), "", _screen("ui.help.page", "HelpPage"), listed=False
        ),
    )


def _screen(module: str, name: str) -> Callable[[Context], Page]:
    def make(context: Context) -> Page:
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError as missing:
            if missing.name is None or not module.startswith(missing.name):
                raise
            return _NotYet(context)
        page: Page = getattr(found, name)(context)
        return page

    return make


class _NotYet(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.body.addWidget(
            EmptyState(self.tr("This page is not built yet"), self.tr("It comes with the next version of Countersign."))
        )


class PlaceTexts(Texts):
    pass
