"""The main window: menus, navigation, pages, status line. It arranges and connects; what is done is done elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMainWindow, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.jobs import Bug
from ui.shell import menus
from ui.shell.commands import Command, Commands
from ui.shell.looks import Looks
from ui.shell.navigation import Navigation
from ui.shell.pages import PageStack
from ui.shell.places import WindowPlace
from ui.shell.placing import keep_in_sight, put
from ui.shell.status_line import StatusLine
from ui.theme import sizes
from ui.widgets.boxes import bare_column
from ui.widgets.pressing import pressed_by_enter
from ui.widgets.reading_order import go_on
from ui.widgets.ring import ring_icon
from ui.widgets.search_field import SearchField
from ui.words.ring import Half, RingState


class Window(QMainWindow):
    """Give it the places; ``painted`` is emitted once, after the first paint."""

    painted = Signal()
    stayed = Signal()
    """Somebody was asked before the window closed, and it stays open."""

    LEAST = QSize(1240, 640)
    """What the smallest screen there is (1280×720) leaves beside its bars: however large the text, the window fits."""

    def __init__(self, context: Context, places: Sequence[WindowPlace], *, sample: bool = False) -> None:
        super().__init__()
        self.context = context
        self._painted = False
        self.sample = sample
        self._page_actions: list[QAction] = []
        self.keeper: Callable[[], bool] | None = None
        """Asked before the window closes; it says whether it may, and otherwise closes it later or not at all."""
        self.setWindowIcon(ring_icon(RingState(Half.FILLED, Half.FILLED)))
        self.setAcceptDrops(True)
        self.navigation = Navigation(sample=sample)
        self.pages = PageStack(context, places)
        self.status = StatusLine()
        self.commands = Commands(self)
        self._build_menus(places)
        self._arrange()
        self._connect()
        self._restore()

    def go(self, place: str, argument: object = None) -> None:
        self.pages.go(place, argument)

    def all_actions(self) -> tuple[QAction, ...]:
        """Every action that is possible now: the window's and the shown page's."""
        return (*self.commands.actions(), *self._page_actions)

    def add_line(self, line: QWidget) -> None:
        """Put a line above the pages, such as whose desk of the sample this is."""
        self._outer.insertWidget(0, line)

    def _build_menus(self, places: Sequence[WindowPlace]) -> None:
        bar = self.menuBar()
        self.commands.add(menus.file_commands(), bar)
        self.commands.add(menus.view_commands(), bar)
        self.commands.add(menus.go_commands(), bar)
        go = menus.go_commands()[0].menu
        listed = [place for place in places if place.listed]
        self.commands.add(
            [
                Command(f"place-{place.key}", go, place.title, place.shortcut, place.icon, bar=number == 0)
                for number, place in enumerate(listed)
            ],
            bar,
        )
        # The page's own actions come and go with the page; the menu itself is always there.
        self._page_menu = self.commands.menu(self.tr("&Page"), bar)
        self.commands.add(menus.exchange_commands(), bar)
        self.commands.add(menus.help_commands(), bar)
        for place in listed:
            self.navigation.add(place.key, place.icon, self.commands.action(f"place-{place.key}"))
        self.navigation.fit()

    def _arrange(self) -> None:
        self._centre = centre = QWidget()
        self._outer = outer = bare_column(centre, 0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self.pages, 1)
        outer.addLayout(row, 1)
        outer.addWidget(self.status)
        self.setCentralWidget(centre)
        self._set_least()

    def _connect(self) -> None:
        self.commands.chosen.connect(self._on_command)
        self.navigation.chosen.connect(self.pages.go)
        self.pages.shown.connect(self._on_shown)
        self.pages.retitled.connect(self._retitle)
        self.context.said.connect(self.status.say)
        self.context.working.connect(self.status.work)
        self.context.over.connect(self.status.over)
        self.context.jobs.bug.connect(self.show_bug)
        self.context.jobs.unheard_refusal.connect(self.show_refusal)
        self._looks = Looks(self.context, self.commands, self)
        self.context.theme.changed.connect(self._on_look)

    def _on_command(self, key: str) -> None:
        match key:
            case "back":
                self.pages.back()
            case "forward":
                self.pages.forward()
            case "palette":
                self._open_palette()
            case "keys":
                self._open_keys()
            case "refresh":
                self.context.tell(Changes(everything=True))
            case "find":
                self._find()
            case "full-screen":
                self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
            case _ if key.startswith(("look-", "text-")):
                self._looks.do(key)
            case "quit":
                self.close()
            case _ if key.startswith("place-"):
                self.pages.go(key.removeprefix("place-"))
            case _:
                self.context.ask(key)

    def show_refusal(self, refusal: Refusal) -> None:
        # Imported by then (``ui.app`` sees to it right after the first paint), and shown by no first page.
        from ui.widgets.dialogs import show_refusal

        show_refusal(refusal, self)

    def show_bug(self, bug: Bug) -> None:
        from ui.widgets.dialogs import CrashDialog

        CrashDialog(bug, self).open()

    def _on_shown(self, key: str) -> None:
        place = self.pages.place
        self.navigation.mark(place.under if place is not None and place.under else key)
        self.commands.action("back").setEnabled(self.pages.history.can_go_back)
        self.commands.action("forward").setEnabled(self.pages.history.can_go_forward)
        page = self.pages.page
        self._page_menu.clear()
        self._page_actions = list(page.actions()) if page is not None else []
        self._page_menu.addActions(self._page_actions)
        self._page_menu.menuAction().setVisible(bool(self._page_actions))
        self._retitle()

    def _retitle(self) -> None:
        page = self.pages.page
        title = page.window_title() if page is not None else ""
        # The sample says so wherever its window is listed.
        name = self.tr("Countersign, sample") if self.sample else "Countersign"
        self.setWindowTitle(self.tr("{page} – {name}").format(page=title, name=name) if title else name)

    def _find(self) -> None:
        page = self.pages.page
        field = page.findChild(SearchField) if page is not None else None
        if isinstance(field, QLineEdit):
            field.setFocus()
            field.selectAll()
        else:
            self._open_palette()

    def _open_palette(self) -> None:
        # Imported here and below, because the first page does not show them.
        from ui.shell.palette import CommandPalette

        CommandPalette(self.all_actions(), self.context, self).open()

    def _open_keys(self) -> None:
        from ui.shell.palette import KeyOverview

        KeyOverview(self._key_groups(), self).open()

    def _key_groups(self) -> list[tuple[str, list[QAction]]]:
        groups = [
            (menu.title(), [action for action in menu.actions() if action.text()])
            for menu in self.commands.menus()
            if menu is not self._page_menu
        ]
        page = self.pages.page
        if page is not None and self._page_actions:
            groups.insert(0, (page.title(), self._page_actions))
        return groups

    def _on_look(self) -> None:
        self._set_least()
        self.navigation.fit()

    def _set_least(self) -> None:
        s = sizes(self)
        self.setMinimumSize(QSize(s.chars(90), s.line * 24).boundedTo(self.LEAST))

    def _restore(self) -> None:
        s = sizes(self)
        put(self, self.context.settings.blob("window/geometry"), QSize(s.chars(150), s.line * 42))
        self._placed = self.size()

    def close_now(self) -> None:
        """Close without asking anybody."""
        self.keeper = None
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        return go_on(self, self._centre, forward=next)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.keeper is not None and not self.keeper():
            event.ignore()
            return
        page = self.pages.page
        if page is not None:
            page.leaving()
        self.context.settings.set_blob("window/geometry", self.saveGeometry())
        self.context.settings.sync()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # The frame is known now. A size that somebody gave meanwhile is theirs.
            if self.size() == self._placed:
                keep_in_sight(self)
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # What a file is tells its content, and that is looked at once it is dropped.
        if _local(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        page, paths = self.pages.page, _local(event)
        if page is not None and page.take_files(paths):
            event.acceptProposedAction()
        elif paths:
            event.acceptProposedAction()
            self.context.ask("open-files", paths)


def _local(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
