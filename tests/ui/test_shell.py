"""The window: every action has words and a place, shortcuts are unique, places are reached, nothing is lost at its end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from intake.domain.base.refusals import Refusal
from intake.services.installation.reaching import FolderUnnamed
from tests.ui.shortcuts import shared_shortcuts
from tests.ui.walk import nameless, unreachable
from ui.app import Desktop, Options, Wiring, main, read_options
from ui.context import Changes, Context, LazyInstallation
from ui.home_lock import AlreadyOpen, OpenElsewhere, take_home
from ui.jobs import JobLane, Jobs, JobTask
from ui.page import Page
from ui.pictures.screenshots import grab, is_blank
from ui.places import places
from ui.shell.history import History, Visit
from ui.shell.palette import CommandPalette, KeyOverview
from ui.shell.places import WindowPlace
from ui.theme import Scheme, Theme
from ui.widgets.dialogs import CrashDialog, RefusalDialog
from ui.widgets.search_field import SearchField

MakeDesktop = Callable[..., Desktop]


class Unwell(Refusal):
    what = "Not today."


class Notebook(Page):
    """A page that remembers what it was told."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.told: list[object] = []
        self.search = SearchField("Search", "Search here")
        self.body.addWidget(self.search)
        self.act = self.add_action("&Write", self.write, "Ctrl+Shift+W", button=True)

    def title(self) -> str:
        return "Notebook"

    def activated(self, argument: object) -> None:
        self.told.append(argument)

    def refresh(self, changes: Changes) -> None:
        self.told.append(changes)

    def leaving(self) -> None:
        self.told.append("left")

    def write(self) -> None:
        self.told.append("written")


def wiring(**more: object) -> Wiring:
    two = (
        WindowPlace("home", "&Home", "home", Notebook, "Ctrl+1"),
        WindowPlace("other", "&Other", "inbox", Notebook, "Ctrl+2"),
        WindowPlace("case", "Case", "", Notebook, listed=False, under="other"),
    )
    return Wiring(places=lambda: two, **more)  # type: ignore[arg-type]


def notebook(desktop: Desktop) -> Notebook:
    page = desktop.window.pages.page
    assert isinstance(page, Notebook)
    return page


def menu_actions(desktop: Desktop) -> list[QAction]:
    found: list[QAction] = []
    for menu in desktop.window.menuBar().findChildren(QMenu):
        found += [action for action in menu.actions() if not action.isSeparator() and action.menu() is None]
    return found


def test_every_action_has_words_and_stands_in_a_menu(desktop: MakeDesktop) -> None:
    made = desktop(wiring())
    made.show()

    listed = menu_actions(made)

    assert all(action.text().strip() for action in made.window.all_actions())
    assert [action.text() for action in made.window.all_actions() if action not in listed] == []
    assert made.window.findChildren(QAction)


def test_every_action_of_the_window_has_a_shortcut_and_no_two_share_one(desktop: MakeDesktop) -> None:
    made = desktop()
    made.show()

    assert [action.text() for action in made.window.commands.actions() if action.shortcut().isEmpty()] == []
    assert shared_shortcuts(made.window.all_actions()) == ()


def test_every_menu_line_has_its_own_letter(desktop: MakeDesktop) -> None:
    made = desktop()
    made.show()

    for menu in made.window.commands.menus():
        letters = [action.text().split("&", 1)[1][0].lower() for action in menu.actions() if "&" in action.text()]
        assert sorted(letters) == sorted(set(letters)), menu.title()


def test_everything_in_the_window_is_named_and_reached_by_keyboard(desktop: MakeDesktop) -> None:
    made = desktop(wiring())
    made.show()

    assert nameless(made.window) == []
    assert unreachable(made.window) == []


@pytest.mark.exhaustive  # with something to show, and by more rules, in test_every_screen
@pytest.mark.parametrize("place", [place.key for place in places()])
def test_every_place_opens(place: str, desktop: MakeDesktop) -> None:
    made = desktop()
    made.show()

    made.window.go(place)

    assert made.window.pages.page is not None
    assert nameless(made.window.pages.page) == []


def test_back_and_forward_return_to_the_same_argument(desktop: MakeDesktop) -> None:
    made = desktop(wiring())
    made.show()
    made.window.go("case", "c-1")
    made.window.go("case", "c-2")

    made.window.commands.action("back").trigger()
    made.window.commands.action("forward").trigger()
    made.window.commands.action("back").trigger()

    assert [word for word in notebook(made).told if isinstance(word, str) and word.startswith("c-")] == [
        "c-1", "c-2", "c-1", "c-2", "c-1",
    ]  # fmt: skip
    assert made.window.commands.action("forward").isEnabled()


def test_an_unlisted_place_marks_the_one_it_belongs_to(desktop: MakeDesktop) -> None:
    made = desktop(wiring())
    made.show()

    made.window.go("case", "c-1")

    assert [button.isChecked() for button in made.window.navigation.buttons()] == [False, True]


def test_the_actions_of_a_page_come_and_go_with_it(desktop: MakeDesktop, qtbot: QtBot) -> None:
    made = desktop(wiring())
    made.show()
    page = notebook(made)
    with qtbot.waitActive(made.window):
        made.window.activateWindow()

    qtbot.keyClick(page.search, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    here = page.act in made.window.all_actions()
    made.window.go("other")

    assert "written" in page.told
    assert here
    assert page.act not in made.window.all_actions()


def test_changes_reach_the_shown_page_now_and_others_when_shown(desktop: MakeDesktop) -> None:
    made = desktop(wiring())
    made.show()
    home = notebook(made)
    made.window.go("other")
    changes = Changes(people=True)

    made.context.tell(changes)
    waiting = changes in home.told
    made.window.go("home")

    assert changes in made.window.pages.made()[1].told  # type: ignore[attr-defined]
    assert not waiting
    assert changes in home.told


def test_a_page_is_told_when_it_is_left(desktop: MakeDesktop) -> None:
    made = desktop(wiring())
    made.show()
    home = notebook(made)

    made.window.go("other")

    assert home.told[-1] == "left"


def test_find_goes_to_the_search_field(desktop: MakeDesktop, qtbot: QtBot) -> None:
    made = desktop(wiring())
    made.show()
    made.window.navigation.setFocus()

    made.window.commands.action("find").trigger()

    assert made.window.focusWidget() is notebook(made).search


def test_the_palette_finds_by_any_word_and_does_it(desktop: MakeDesktop, qtbot: QtBot) -> None:
    made = desktop(wiring())
    made.show()
    made.window.commands.action("palette").trigger()
    palette = made.window.findChild(CommandPalette)
    assert palette is not None

    qtbot.keyClicks(palette.line, "wri")
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)

    assert notebook(made).told[-1] == "written"


def test_the_palette_offers_only_what_is_possible(desktop: MakeDesktop) -> None:
    made = desktop(wiring())
    made.show()
    made.window.commands.action("sync").setEnabled(False)

    palette = CommandPalette(made.window.all_actions(), made.context, made.window)
    shown = [palette.list.item(row).text() for row in range(palette.list.count())]

    assert "Send and fetch now" not in shown
    assert nameless(palette) == []
    assert unreachable(palette) == []


def test_the_sheet_of_keys_is_freed_and_named(desktop: MakeDesktop, qtbot: QtBot) -> None:
    made = desktop(wiring())
    made.show()
    made.window.commands.action("keys").trigger()
    sheet = made.window.findChild(KeyOverview)
    assert sheet is not None

    named = nameless(sheet)
    with qtbot.waitSignal(sheet.destroyed):
        sheet.reject()

    assert named == []


def test_an_unheard_refusal_is_shown_in_the_window(desktop: MakeDesktop, qtbot: QtBot) -> None:
    made = desktop(wiring())
    made.show()

    def refuse(task: JobTask) -> None:
        raise Unwell

    with qtbot.waitSignal(made.jobs.unheard_refusal):
        made.jobs.submit(JobLane.REGISTER, refuse)

    dialog = made.window.findChild(RefusalDialog)
    assert dialog is not None
    assert dialog.title.text() == "Not today."


def test_an_exception_in_a_slot_opens_the_crash_dialog_and_is_logged(
    desktop: MakeDesktop, qtbot: QtBot, tmp_path: Path
) -> None:
    made = desktop(wiring())
    made.show()

    sys.excepthook(ZeroDivisionError, ZeroDivisionError("on purpose"), None)

    assert made.window.findChild(CrashDialog) is not None
    assert "on purpose" in (tmp_path / "errors.log").read_text()


def test_the_exception_hook_is_given_back(desktop: MakeDesktop) -> None:
    before = sys.excepthook

    made = desktop(wiring())
    during = sys.excepthook
    made.close()

    assert during != before
    assert sys.excepthook == before


def test_any_file_can_be_dropped_and_is_judged_by_its_content(
    desktop: MakeDesktop, qtbot: QtBot, tmp_path: Path
) -> None:
    made = desktop(wiring())
    made.show()
    data = QMimeData()
    names = ("a.countersign", "b.pdf", "c.exe")
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), action, data, Qt.MouseButton.LeftButton, none)

    with qtbot.waitSignal(made.context.asked) as blocker:
        made.window.dropEvent(event)

    assert blocker.args == ["open-files", tuple(tmp_path / name for name in names)]


def test_a_chosen_look_is_kept(desktop: MakeDesktop, theme: Theme) -> None:
    made = desktop(wiring())
    made.show()

    made.window.commands.action("look-dark").trigger()
    kept = made.context.settings.scheme
    made.window.commands.action("look-light").trigger()

    assert kept is Scheme.DARK
    assert made.window.commands.action("look-light").isChecked()


def test_the_window_comes_back_where_it_was(desktop: MakeDesktop) -> None:
    first = desktop(wiring())
    first.show()
    first.window.resize(760, 610)
    first.close()

    second = desktop(wiring())

    assert second.window.size().width() == 760
    assert second.window.size().height() == 610


def test_the_window_is_painted_before_anything_heavy_is_asked_for(desktop: MakeDesktop, qtbot: QtBot) -> None:
    opened: list[str] = []
    made = desktop(
        wiring(open_installation=lambda options: opened.append("installation"), heavy={JobLane.PAPER: ("json.tool",)})
    )

    with qtbot.waitSignal(made.window.painted):
        made.show()
    before = list(opened)
    with qtbot.waitSignal(made.jobs.warmed):
        pass

    assert before == []


def test_the_installation_is_opened_once_and_on_a_worker(context: Context, qtbot: QtBot) -> None:
    handle = context.run(JobLane.REGISTER, lambda task, installation, word: (installation, word), "hello")
    with qtbot.waitSignal(handle.done) as first:
        pass
    again = context.run(JobLane.PAPER, lambda task, installation: installation)
    with qtbot.waitSignal(again.done) as second:
        pass

    assert first.args[0] == ({}, "hello")
    assert second.args[0] is first.args[0][0]


def test_an_installation_that_cannot_be_opened_refuses_each_job(qtbot: QtBot, jobs: Jobs, context: Context) -> None:
    def open_installation() -> object:
        raise Unwell

    installation = LazyInstallation(open_installation)
    with pytest.raises(Unwell):
        installation.get()
    with pytest.raises(Unwell):
        installation.get()


def test_one_register_opens_once(tmp_path: Path, qtbot: QtBot) -> None:
    first = take_home(tmp_path)

    second = take_home(tmp_path)

    assert not isinstance(first, Refusal)
    assert isinstance(second, AlreadyOpen)
    assert f"as process {os.getpid()}." in second.what_happened
    first.unlock()


@pytest.mark.parametrize("left", [b"", b"cut o"])
def test_a_lock_that_names_nobody_is_replaced(left: bytes, tmp_path: Path, qtbot: QtBot) -> None:
    """As a power cut leaves it: no program can be asked whether it still runs."""
    (tmp_path / "window.lock").write_bytes(left)

    taken = take_home(tmp_path)

    assert isinstance(taken, QLockFile)
    assert isinstance(take_home(tmp_path), AlreadyOpen)
    taken.unlock()


def test_a_lock_of_another_computer_says_whose_it_is_and_what_to_do(tmp_path: Path, qtbot: QtBot) -> None:
    lock = tmp_path / "window.lock"
    lock.write_text("999999\ncountersign-desk\nlaptop-of-last-year\n")

    refusal = take_home(tmp_path)

    assert isinstance(refusal, OpenElsewhere)
    assert str(lock) in refusal.what_happened
    assert "“laptop-of-last-year”" in refusal.what_happened
    assert "delete that file" in refusal.next_step
    assert lock.exists()
    lock.unlink()
    taken = take_home(tmp_path)
    assert isinstance(taken, QLockFile)
    taken.unlock()


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("~nobody-of-this-name/x", "this computer knows no user of that name"),
        (os.fsdecode(b"/tmp/caf\xe9"), "its name is not text in the encoding of this system"),
    ],
)
def test_a_data_folder_that_has_no_name_is_refused(
    name: str, detail: str, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--selftest", "--data-dir", name]) == FolderUnnamed.exit_code

    assert f"is the name of no folder that can be used: {detail}." in capsys.readouterr().err


def test_the_command_line_is_understood(tmp_path: Path) -> None:
    assert read_options(["--data-dir", str(tmp_path), "--sample", "--person", "ada"]) == Options(tmp_path, True, "ada")
    assert read_options([]).data_dir.name == "countersign"
    assert read_options(["--sample"]).data_dir.name == "sample"


def test_a_picture_of_the_window_is_not_blank(desktop: MakeDesktop) -> None:
    made = desktop(wiring(), sample=True)
    made.show()

    assert not is_blank(grab(made.window))


def test_history_forgets_what_lay_forward() -> None:
    history = History()
    for place in ("a", "b", "c"):
        history.visit(Visit(place))

    history.back()
    history.visit(Visit("d"))

    assert not history.can_go_forward
    assert history.back() == Visit("b")


def test_visiting_the_same_place_twice_is_one_visit() -> None:
    history = History()

    history.visit(Visit("a"))
    history.visit(Visit("a"))

    assert not history.can_go_back
