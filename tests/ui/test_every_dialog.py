"""Every dialog on the smallest screen with the largest text: within it, its buttons too, and no word cut."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import ui
from intake.domain.base.refusals import Refusal
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.terms import Condition, Stage, Terms
from intake.exchange.folder.health import FolderHealth
from intake.services.exchanging.choosing import FolderLook
from intake.services.exchanging.delivery import UnsentAct
from intake.services.organisation.literacy import Training
from tests.core import CORE
from tests.ui.large import cut_off, scrolls_twice
from tests.ui.sessions import Sessions
from tests.ui.shown import squeezed
from ui.case.ending_dialogs import HandOverDialog, RetireDialog
from ui.case.figures_dialog import FiguresDialog
from ui.case.report_dialog import ReportDialog
from ui.context import Context
from ui.exchange.choosing import FolderDialog
from ui.exchange.delivery import DeliveryFacts
from ui.exchange.forgetting import ForgetDialog
from ui.exchange.opening_keys import OpenKeysDialog
from ui.exchange.packing import PackDialog
from ui.exchange.refused_panel import BytesDialog
from ui.exchange.unsent_dialog import UnsentDialog
from ui.exchange.work import ManyRefused
from ui.guide.begin.earlier import EarlierDialog
from ui.guide.begin.start_work import Several
from ui.guide.begin.starting import ModelDialog
from ui.guide.dropping import WhichQuestion
from ui.help.about import AboutDialog
from ui.jobs import Bug
from ui.people.asking import GrantDialog, ListDialog
from ui.people.reading import Asking, PersonDetail
from ui.pictures.screenshots import grab
from ui.records.signed_pages import PagesDialog
from ui.register.view_picker import ViewNameDialog
from ui.review.condition_dialog import BegunCondition, ConditionDialog
from ui.settings.key_cards import NewKeyDialog
from ui.settings.work import SettingsFacts
from ui.shell.palette import CommandPalette, KeyOverview
from ui.shell.ten_words import TenWordsDialog
from ui.theme import Theme
from ui.widgets import on_screen
from ui.widgets.dialogs import ConfirmDialog, CrashDialog, PlainDialog, RefusalDialog
from ui.widgets.fields import Choice
from ui.widgets.reading_order import reading_order
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog
from ui.widgets.signing_sheet import SignedLine, Subject

SMALL = QSize(1280, 690)
"""Inside of a window on a screen of 1280 by 720."""
LONG = "Words that go on and on, as people write them where there is room for it. " * 12
WORDS = "acid acorn actor adobe agate alarm album alder alley almond"

pytestmark = pytest.mark.exhaustive


class TooLongASentence(Refusal):
    what = "What happened takes its time to be told, for it has a long name: {name}."
    why = "Why it is so has a reason, which has a reason of its own, and both of them want to be understood."
    next = "What to do next is to read all of this on the smallest screen, and then to press the button below."


@dataclass(frozen=True)
class Making:
    context: Context
    parent: QWidget


def signed(making: Making) -> QDialog:
    lines = tuple(SignedLine(f"Line {number}", LONG, part="What is signed") for number in range(4))
    subject = Subject(
        title="Sign it",
        consequence=LONG,
        signer="Ada Okafor-Worthington of the Chief Information Office",
        fingerprint="ab" * 32,
        lines=lines,
        button="Sign and request changes",
        attestations=(LONG[:140], LONG[:140]),
        warnings=(LONG,),
        has_pages=True,
    )
    return SigningDialog(subject, making.parent)


def no_pages(*_: object) -> bytes:
    raise TooLongASentence(name="nothing")


def actions(parent: QWidget) -> list[QAction]:
    made = []
    for number in range(40):
        action = QAction(f"Do something of which there is much, number {number}", parent)
        action.setShortcut(f"Ctrl+Alt+Shift+{chr(65 + number % 26)}")
        made.append(action)
    return made


def settings(root: Path) -> SettingsFacts:
    return SettingsFacts("ada", "Ada", "Finance", "", "", "", (), root, 0, 0)


def folder(root: Path) -> FolderLook:
    health = FolderHealth(root / ("a-folder-with-a-name" * 4), True, True, ("ab" * 32,), synced_by="A sync program")
    return FolderLook(health, holds_ours=False, founded=True)


DIALOGS: Mapping[str, Callable[[Making], QDialog]] = {
    "RefusalDialog": lambda it: RefusalDialog(TooLongASentence(name=LONG), it.parent),
    "CrashDialog": lambda it: CrashDialog(Bug("Something is wrong", "line\n" * 80), it.parent),
    "ConfirmDialog": lambda it: ConfirmDialog(LONG[:100], LONG, "Remove what cannot be got back", it.parent),
    "SigningDialog": signed,
    "PagesDialog": lambda it: PagesDialog(it.context, no_pages, parent=it.parent),
    "ReasonDialog": lambda it: ReasonDialog("Decline", LONG, "&Why", "Go on to sign", it.parent, text=LONG),
    "ReportDialog": lambda it: ReportDialog(LONG[:300], [LONG[:80]], it.parent, text=LONG),
    "ConditionDialog": lambda it: ConditionDialog(
        [Choice("ada", "Ada Okafor-Worthington of the Chief Information Office")],
        Condition(date(2027, 1, 31), "ada", LONG[:300]),
        it.parent,
        begun=BegunCondition(),
        today=date(2026, 11, 30),
    ),
    "ViewNameDialog": lambda it: ViewNameDialog("My view", lambda _: True, it.parent),
    "TenWordsDialog": lambda it: TenWordsDialog("A long name of an organisation " * 4, WORDS, it.parent),
    "KeyOverview": lambda it: KeyOverview([("&Page", actions(it.parent))], it.parent),
    "CommandPalette": lambda it: CommandPalette(actions(it.parent), it.context, it.parent),
    "ForgetDialog": lambda it: ForgetDialog(
        (ManyRefused((1, 2), junk=True), *(ManyRefused((3,), source="/a/b/" * 20) for _ in range(8))), it.parent
    ),
    "UnsentDialog": lambda it: UnsentDialog(
        it.context,
        DeliveryFacts(9, 9, ""),
        [UnsentAct("ab", "opinion", "cd", "UC-1", LONG[:120], datetime(2026, 11, 30, tzinfo=UTC)) for _ in range(9)],
        it.parent,
    ),
    "BytesDialog": lambda it: BytesDialog("a-file-with-a-name" * 9, bytes(range(256)) * 40, it.parent),
    "OpenKeysDialog": lambda it: OpenKeysDialog(it.context, it.parent),
    "PackDialog": lambda it: PackDialog(it.parent),
    "FolderDialog": lambda it: FolderDialog(folder(it.context.data_dir), it.parent),
    "NewKeyDialog": lambda it: NewKeyDialog(it.context, settings(it.context.data_dir), it.parent),
    "AboutDialog": lambda it: AboutDialog(it.parent),
    "EarlierDialog": lambda it: EarlierDialog(it.context, it.parent),
    "ModelDialog": lambda it: ModelDialog(
        Several(Path("models.cdx.json"), b"", tuple((f"Model {n}", LONG[:90]) for n in range(12)), (LONG[:200],) * 5),
        it.parent,
    ),
    "WhichQuestion": lambda it: WhichQuestion([item for item in CORE.questions if not item.options], 3, it.parent),
    "ListDialog": lambda it: ListDialog(
        Asking("ab", "gina", "Gina Okafor-Worthington", "Finance", "cd" * 32, WORDS, known=False), it.parent
    ),
    "FiguresDialog": lambda it: FiguresDialog(
        Terms(Stage.PILOT, FIELD_TABLES.newest.boundaries({}), (), date(2026, 11, 1), date(2027, 1, 1)),
        date(2026, 11, 29),
        it.parent,
    ),
    "HandOverDialog": lambda it: HandOverDialog(
        LONG, [Choice("gina", "Gina Okafor-Worthington")], lambda _: LONG, it.parent
    ),
    "RetireDialog": lambda it: RetireDialog(lambda _: LONG, it.parent),
    "GrantDialog": lambda it: GrantDialog(
        PersonDetail("gina", "Gina Okafor-Worthington", "Finance", (), (), Training(0, 3, None)), it.parent
    ),
}


def dialog_classes() -> Iterator[type[QDialog]]:
    """Every class of a dialog that is ours."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        for item in vars(importlib.import_module(module.name)).values():
            if isinstance(item, type) and issubclass(item, QDialog) and item.__module__ == module.name:
                yield item


def test_every_dialog_is_among_these() -> None:
    ours = {item.__name__ for item in dialog_classes() if not item.__name__.startswith("_")} - {PlainDialog.__name__}

    assert not any(issubclass(item, QFileDialog) for item in dialog_classes())
    assert ours == set(DIALOGS)


@pytest.fixture(params=[1.0, 1.25, 2.0], ids=["100 %", "125 %", "200 %"])
def scaled(request: pytest.FixtureRequest, qapp: QApplication, theme: Theme) -> Iterator[None]:
    before = qapp.font()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * request.param)
    qapp.setFont(larger)
    theme.set_scheme(theme.scheme)
    yield
    qapp.setFont(before)
    theme.set_scheme(theme.scheme)


@pytest.fixture
def making(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> Iterator[Making]:
    monkeypatch.setattr(on_screen, "room", lambda _: SMALL)
    parent = QWidget()
    parent.resize(SMALL)
    parent.show()
    yield Making(sessions.context("ada"), parent)
    parent.close()


@pytest.mark.usefixtures("scaled")
@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_it_is_within_the_smallest_screen_and_so_are_its_buttons(name: str, making: Making, qtbot: QtBot) -> None:
    dialog = DIALOGS[name](making)
    dialog.open()
    qtbot.waitUntil(lambda: not making.context.jobs.busy)
    grab(dialog)

    assert dialog.width() <= SMALL.width()
    assert dialog.height() <= SMALL.height()
    if isinstance(dialog, PlainDialog):
        assert [button.text() for button in buttons(dialog) if not within(dialog, button)] == []
    assert [text for text in (*cut_off(dialog), *squeezed(dialog)) if not text.startswith(GIVES_WAY)] == []
    assert scrolls_twice(dialog) == []
    dialog.reject()


@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_enter_presses_the_button_that_stands_out_unless_there_is_something_to_fill_in(
    name: str, making: Making, qtbot: QtBot
) -> None:
    dialog = DIALOGS[name](making)
    dialog.open()
    qtbot.waitUntil(lambda: not making.context.jobs.busy)

    # A dialog whose window is brought to the front takes the first stop where nothing has the keyboard.
    held: QWidget | None = dialog.focusWidget()
    here = held if held is not None else reading_order(dialog)[0]
    found = dialog.buttons.findChildren(QPushButton) if isinstance(dialog, PlainDialog) else []

    assert not isinstance(here, QPushButton) or here.isDefault(), here.text()
    assert [item.text() for item in found if item.property("role") == "primary" and not item.isDefault()] == []
    dialog.reject()


@pytest.mark.usefixtures("scaled")
def test_what_does_not_fit_scrolls_wherever_the_keyboard_is(making: Making) -> None:
    dialog = RefusalDialog(TooLongASentence(name=LONG * 6), making.parent)
    dialog.open()
    grab(dialog)
    middle = dialog.middle
    assert middle is not None
    bar = middle.verticalScrollBar()
    assert bar.maximum() > 0

    QTest.keyClick(dialog.buttons.buttons()[0], Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(dialog.buttons.buttons()[0], Qt.Key.Key_PageUp)
    assert bar.value() == 0


@pytest.mark.usefixtures("scaled")
def test_what_is_said_later_makes_it_grow_and_is_in_sight(making: Making) -> None:
    dialog = ReasonDialog("Decline", "Short.", "&Why", "Go on to sign", making.parent)
    dialog.open()
    grab(dialog)
    before = dialog.height()

    dialog.accept()
    grab(dialog)

    assert dialog.problem.isVisible()
    assert before <= dialog.height() <= SMALL.height()
    assert [button.text() for button in buttons(dialog) if not within(dialog, button)] == []
    if dialog.height() < SMALL.height():
        assert dialog.middle is not None
        assert dialog.middle.verticalScrollBar().maximum() == 0


GIVES_WAY = ("hint", "_View scrolls", "_List")
"""The hint of a field is its name too, and a list keeps its columns."""


def buttons(dialog: PlainDialog) -> list[QAbstractButton]:
    return [item for item in dialog.buttons.findChildren(QAbstractButton) if item.isVisible()]


def within(dialog: QWidget, widget: QWidget) -> bool:
    return dialog.rect().contains(QRect(widget.mapTo(dialog, QPoint(0, 0)), widget.size()))
