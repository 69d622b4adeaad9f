"""Every dialog through assistive technology: its rules, each button pressed, and what is chosen in its lists."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QListWidget, QRadioButton, QWidget

import ui
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.terms import Stage, Terms
from intake.services.exchanging import choosing
from intake.services.exchanging.delivery import UnsentAct
from tests.core import CORE
from tests.ui.every_screen import Screen
from tests.ui.test_every_screen import (
    names_are_missing,
    pressing_is_not_offered,
    signals_of_a_hand_are_awaited,
    tab_and_tree_differ,
)
from tests.ui.test_widgets import Unwell, make_subject
from tests.ui.visiting import Visit, offices, visit
from ui.case.ending_dialogs import HandOverDialog, RetireDialog
from ui.case.figures_dialog import FiguresDialog
from ui.case.report_dialog import ReportDialog
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
from ui.jobs import Bug, JobLane, JobTask
from ui.people.asking import GrantDialog, ListDialog
from ui.people.reading import Asking, person
from ui.records.signed_pages import PagesDialog
from ui.register.view_picker import ViewNameDialog
from ui.review.condition_dialog import BegunCondition, ConditionDialog
from ui.settings import work as settings_work
from ui.settings.key_cards import NewKeyDialog
from ui.shell.palette import CommandPalette, KeyOverview
from ui.shell.ten_words import TenWordsDialog
from ui.widgets.dialogs import ConfirmDialog, CrashDialog, PlainDialog, RefusalDialog
from ui.widgets.fields import Choice
from ui.widgets.paged_table import PagedTable
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog

__all__ = ["offices", "visit"]

WORDS = "oak river stone lamp cloud paper wheel garden bridge violin"
AT = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


def read(bob: Visit, function: Callable[..., object], *args: object) -> object:
    """What a job gives, read at once."""
    found: list[object] = []
    handle = bob.desktop.context.run(JobLane.REGISTER, function, *args, owner=bob.desktop.window)  # type: ignore[arg-type]
    handle.done.connect(found.append)
    bob.settle()
    return found[0]


def no_pages(_: JobTask, __: object) -> bytes:
    return b""


MAKERS: dict[type[QDialog], Callable[[Visit, QWidget], QDialog]] = {
    AboutDialog: lambda _, over: AboutDialog(over),
    BytesDialog: lambda _, over: BytesDialog("odd.p7m", bytes(range(64)), over),
    CommandPalette: lambda bob, over: CommandPalette(bob.desktop.window.all_actions(), bob.desktop.context, over),
    ReportDialog: lambda _, over: ReportDialog("Train the team", ["The list of who came"], over, text="All came."),
    ConditionDialog: lambda _, over: ConditionDialog(
        [Choice("ada", "Ada")],
        None,
        over,
        begun=BegunCondition("Train.", "ada", date(2027, 1, 1)),
        today=date(2026, 11, 30),
    ),
    ConfirmDialog: lambda _, over: ConfirmDialog("Remove it?", "It is gone then.", "Remove", over),
    CrashDialog: lambda _, over: CrashDialog(Bug("ValueError: x", "Traceback …"), over),
    EarlierDialog: lambda bob, over: EarlierDialog(bob.desktop.context, over),
    FiguresDialog: lambda _, over: FiguresDialog(
        Terms(Stage.PILOT, FIELD_TABLES.newest.boundaries({}), (), date(2026, 11, 1), date(2027, 1, 1)),
        date(2026, 11, 29),
        over,
    ),
    FolderDialog: lambda bob, over: FolderDialog(
        choosing.look_at(bob.offices.installations["bob"], bob.offices.root), over
    ),
    ForgetDialog: lambda _, over: ForgetDialog(
        (ManyRefused((1, 2), "Mangled"), ManyRefused((3,), source="share")), over
    ),
    GrantDialog: lambda bob, over: GrantDialog(read(bob, person, "ada"), over),  # type: ignore[arg-type]
    HandOverDialog: lambda _, over: HandOverDialog(
        "Nothing changes until it is taken over.", [Choice("ada", "Ada")], lambda _: "I leave.", over
    ),
    KeyOverview: lambda bob, over: KeyOverview(bob.desktop.window._key_groups(), over),
    ListDialog: lambda _, over: ListDialog(Asking("act", "zoe", "Zoe", "Finance", "ab" * 32, WORDS, known=True), over),
    ModelDialog: lambda _, over: ModelDialog(
        Several(Path("a.json"), b"", (("One", "1"), ("Two", "2")), ("Left out.",), (("First.",), ("Second.",))), over
    ),
    NewKeyDialog: lambda bob, over: NewKeyDialog(bob.desktop.context, read(bob, settings_work.look), over),  # type: ignore[arg-type]
    OpenKeysDialog: lambda bob, over: OpenKeysDialog(bob.desktop.context, over),
    PackDialog: lambda _, over: PackDialog(over),
    PagesDialog: lambda bob, over: PagesDialog(bob.desktop.context, no_pages, parent=over),
    ReasonDialog: lambda _, over: ReasonDialog("Decline", "It ends.", "&Why", "Go on", over, text="No."),
    RefusalDialog: lambda _, over: RefusalDialog(Unwell(thing="key"), over),
    RetireDialog: lambda _, over: RetireDialog(lambda part: f"Words for {part}.", over),
    SigningDialog: lambda _, over: SigningDialog(
        make_subject(attestations=("I read it",)), over, sample="public words"
    ),
    TenWordsDialog: lambda _, over: TenWordsDialog("Test Works", WORDS, over),
    UnsentDialog: lambda bob, over: UnsentDialog(
        bob.desktop.context, DeliveryFacts(1, 1, ""), [UnsentAct("ab" * 32, "comment", "", "", "", AT)], over
    ),
    ViewNameDialog: lambda _, over: ViewNameDialog("Mine", lambda _: False, over),
    WhichQuestion: lambda _, over: WhichQuestion(CORE.questions[:3], 2, over),
}


@pytest.fixture
def bob(visit: Callable[[str], Visit]) -> Visit:
    made = visit("bob")
    made.go("settings")
    return made


def dialogs() -> Iterator[type[QDialog]]:
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.startswith("ui.pictures") and module.name != "ui.main":
            importlib.import_module(module.name)
    waiting = list(QDialog.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        base = kind is PlainDialog or kind.__name__.startswith("_")
        if kind.__module__.startswith("ui.") and not base:
            yield kind


def test_every_dialog_is_here() -> None:
    assert {kind.__name__ for kind in dialogs()} == {kind.__name__ for kind in MAKERS}


def opened(bob: Visit, kind: type[QDialog]) -> QDialog:
    made = MAKERS[kind](bob, bob.desktop.window)
    made.open()
    bob.settle()
    return made


def interface(of: QObject) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(of)
    assert found is not None
    return found


def buttons(dialog: QDialog) -> list[QAbstractButton]:
    return [
        item
        for item in dialog.findChildren(QAbstractButton)
        if item.isVisible() and item.isEnabled() and not _is_chosen(item) and not isinstance(item.parent(), QLineEdit)
    ]


def _is_chosen(button: QAbstractButton) -> bool:
    """Of several of which one is chosen, that one has nothing to do."""
    return isinstance(button, QRadioButton) and button.isChecked()


@pytest.mark.slow("opens every dialog once")
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.exhaustive
def test_the_rules_of_pages_hold_in_dialogs(bob: Visit) -> None:
    broken: list[str] = []
    for kind in MAKERS:
        dialog = opened(bob, kind)
        screen = Screen(kind.__name__, kind.__name__, bob.desktop, bob.page, dialog)
        rules = [names_are_missing, signals_of_a_hand_are_awaited, pressing_is_not_offered]
        if isinstance(dialog, PlainDialog):
            rules.append(tab_and_tree_differ)
        broken += [f"{kind.__name__}, {rule.__name__}: {what}" for rule in rules for what in rule(screen)]
        close_all(bob)

    assert broken == []


@pytest.mark.slow("opens every dialog once for each of its buttons")
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.exhaustive
def test_pressing_each_button_is_clicking_it(bob: Visit) -> None:
    for kind in MAKERS:
        count = len(buttons(opened(bob, kind)))
        close_all(bob)
        for number in range(count):
            button = buttons(opened(bob, kind))[number]

            # Qt shows it pressed for a moment, and then clicks it.
            with bob.qtbot.waitSignal(button.toggled if button.isCheckable() else button.clicked):
                interface(button).actionInterface().doAction("Toggle" if button.isCheckable() else "Press")

            bob.settle()
            close_all(bob)


def close_all(bob: Visit) -> None:
    for dialog in bob.desktop.window.findChildren(QDialog):
        if dialog.isVisible():
            dialog.close()
    bob.settle()


@pytest.mark.parametrize(("kind", "chosen"), [(ModelDialog, 1), (WhichQuestion, CORE.questions[1].id)])
def test_what_is_selected_in_a_list_is_what_is_done(
    bob: Visit, kind: type[ModelDialog | WhichQuestion], chosen: object
) -> None:
    dialog = opened(bob, kind)
    assert isinstance(dialog, ModelDialog | WhichQuestion)
    said: list[tuple[object, ...]] = []
    dialog.chosen.connect(lambda *given: said.append(given))
    listed: QListWidget = dialog.list

    listed_interface = interface(listed)
    assert listed_interface.selectionInterface().select(listed_interface.child(1))
    button = next(item for item in dialog.buttons.buttons() if item.property("role") == "primary")
    with bob.qtbot.waitSignal(dialog.chosen):
        interface(button).actionInterface().doAction("Press")

    assert said[0][-1] == chosen


def test_what_is_selected_in_a_list_of_the_window_is_current(bob: Visit) -> None:
    bob.go("people")
    table = bob.page.findChild(PagedTable)
    assert table is not None
    model = table.view.selectionModel()

    model.select(table.model.index(2, 0), model.SelectionFlag.ClearAndSelect | model.SelectionFlag.Rows)

    assert table.view.currentIndex().row() == 2
    assert table.current_key
