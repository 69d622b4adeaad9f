"""Answers the menu: import, add-person, export, sync, choose-folder, verify, backup, help, about, and files dropped on the window.

Made with the window; what a command needs beyond a dialog is imported when it is first chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from intake.domain.base.refusals import Refusal
from ui import files
from ui.context import Context
from ui.exchange.exchanger import ExchangeOutcome, exchanger
from ui.jobs import JobLane
from ui.widgets.dialogs import show_refusal

if TYPE_CHECKING:
    from ui.exchange.importing import Imported, Opened


class WindowCommands(QObject):
    """One per window. ``context.ask("export", case_id)`` writes a package of that case."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._exchanger = exchanger(context)
        self._exchanger.ended.connect(self._on_exchanged)
        self._exchanger.imported.connect(self._on_imported)
        self._founding = False
        context.asked.connect(self._on_asked)

    def _on_asked(self, command: str, argument: object) -> None:
        match command:
            case "import":
                kinds = self.tr("Packages, acts and records (*.countersign *.p7m *.pdf);;All files (*)")
                files.ask_open(self._window, self.tr("Import a file"), kinds, self._on_file)
            case "open-files" if isinstance(argument, Iterable):
                self.open_files([Path(str(path)) for path in argument])
            case "add-person":
                self._context.go("add-person")
            case "export":
                from ui.exchange.packing import Packing

                Packing(self._context, self._window).begin(str(argument or ""))
            case "sync":
                self._exchanger.run(by_hand=True)
            case "choose-folder":
                from ui.exchange.choosing import FolderChoice

                choice = FolderChoice(self._context, self._window)
                choice.chosen.connect(self._exchanger.run)
                choice.begin()
            case "verify":
                files.ask_open(
                    self._window, self.tr("Verify a record"), self.tr("PDF (*.pdf);;All files (*)"), self._on_file
                )
            case "backup":
                name = self.tr("countersign {day}.sqlite").format(day=datetime.now(UTC).date().isoformat())
                files.ask_save(
                    self._window, self.tr("Back up this register"), name, "SQLite (*.sqlite)", self._back_up,
                    suffix="sqlite",
                )  # fmt: skip
            case "help":
                self._context.go("help")
            case "about":
                from ui.help.about import AboutDialog

                AboutDialog(self._window).open()

    def open_files(self, paths: list[Path]) -> None:
        """Records are judged, packages and acts are imported, an ML-BOM begins a draft; any other file is refused.

        What a file is tells its content. Where there is no organisation yet a package is one to join by.
        """
        from ui.exchange.importing import look_at_files

        # Not on the lane of the exchange: what was opened leads to its page at once, whatever is being sent or fetched.
        handle = self._context.run(JobLane.PAPER, look_at_files, tuple(paths), owner=self)
        handle.done.connect(self._on_looked)

    def _on_looked(self, opened: Opened) -> None:
        if opened.others:
            from ui.exchange.importing import NotForHere

            self._refuse(NotForHere(name=opened.others[0].name))
        if opened.joining is not None:
            from ui.start.work import JoinBy

            self._context.go("start", JoinBy(opened.joining))
        elif opened.carried:
            self._founding = opened.founding
            place = "start" if opened.founding else "add-person" if opened.enrolments else "exchange"
            self._context.go(place, "found" if opened.founding else None)
            self._exchanger.import_files(opened.carried)
        elif opened.records:
            self._context.go("record", opened.records[0])
        elif opened.boms:
            from ui.guide.begin.starting import BomFile

            self._context.go("new", BomFile(opened.boms[0]))

    def _on_imported(self, done: Imported) -> None:
        # Somebody who brings an enrolment wants to see who asks; at a register of nobody the first steps show it.
        if done.asking and not self._founding:
            self._context.go("add-person", done.asking[0])

    def _on_file(self, path: str) -> None:
        self.open_files([Path(path)])

    def _on_exchanged(self, outcome: ExchangeOutcome) -> None:
        if not outcome.by_hand:
            return
        if outcome.refusal is None and not outcome.folder:
            self._on_asked("choose-folder", None)
            return
        if outcome.lines:
            self._context.say(" ".join(outcome.lines))
        if outcome.refusal is not None:
            self._refuse(outcome.refusal)

    def _back_up(self, path: str) -> None:
        from ui.exchange.work import back_up

        handle = self._context.run(JobLane.REGISTER, back_up, Path(path), owner=self)
        handle.done.connect(self._on_backed_up)

    def _on_backed_up(self, path: Path) -> None:
        self._context.say(self.tr("Backed up as {name}").format(name=path.name))

    def _refuse(self, refusal: Refusal) -> None:
        show_refusal(refusal, self._window)
