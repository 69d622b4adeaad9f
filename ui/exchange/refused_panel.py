"""Quarantine: what was refused, why, and what to do about it. Its bytes can be looked at, saved and forgotten.

Names and bytes in it are foreign: they are shown as text, cut short, and never opened by another program from here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFontDatabase
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from intake.domain.base.wording import sentences
from ui import files
from ui.context import Changes, Context
from ui.exchange import work
from ui.exchange.forgetting import ForgetDialog
from ui.formatting import moment_words, number_words, size_words
from ui.jobs import JobLane
from ui.theme import sizes
from ui.widgets import on_screen
from ui.widgets.dialogs import ConfirmDialog, PlainDialog
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.panels import Card, own_size_button
from ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from intake.services.lists.quarantine import Quarantined


class RefusedPanel(QWidget):
    """``counted`` says how many there are."""

    counted = Signal(int)

    def __init__(self, context: Context, nothing: QAction | None = None) -> None:
        super().__init__()
        self._context = context
        self._item: Quarantined | None = None
        s = sizes(self)
        self.table = PagedTable(
            context.jobs,
            context.with_installation(work.fetch_refused),
            (
                Column("what", self.tr("What happened"), 0),
                Column("name", self.tr("File"), 18, whole=True, fold=1),
                Column("source", self.tr("From"), 18, whole=True, fold=2),
                Column("when", self.tr("When"), 19, whole=True, fold=3),
                Column("size", self.tr("Size"), 9, right=True, whole=True, fold=4),
            ),
            name=self.tr("Refused files"),
            empty_title=self.tr("Nothing was refused"),
            empty_text=self.tr("Files that cannot be trusted are kept here with the reason, so that nothing is lost."),
            empty_action=nothing,
        )
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._look)
        self.table.model.arrived.connect(self.counted)
        self.card = Card()
        self.what = strong("")
        self.why = Label("")
        self.next = Label("")
        self.facts = quiet("", elide=True)
        for label in (self.what, self.why, self.next, self.facts):
            self.card.box.addWidget(label)
        row = FlowLayout(self)
        self.look = self._button(self.tr("Show as hex"), self._look)
        self.save = self._button(self.tr("Save as…"), self._ask_save)
        self.remove = self._button(self.tr("Remove…"), self._ask_remove)
        for button in (self.look, self.save, self.remove):
            row.addWidget(button)
        self.card.box.addLayout(row)
        self.card.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, s.m, 0, 0)
        box.setSpacing(s.m)
        box.addWidget(self.table, 1)
        box.addWidget(self.card)
        beside = QHBoxLayout()
        self.remove_many = own_size_button(self.tr("Remove several"))
        self.remove_many.setEnabled(False)
        self.remove_many.clicked.connect(self._count_many)
        self.table.model.arrived.connect(self._on_count)
        beside.addWidget(self.remove_many)
        beside.addStretch(1)
        box.addLayout(beside)

    def refresh(self) -> None:
        self.table.refresh()

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text.rstrip("…"))
        button.setAccessibleName(text.rstrip("…"))
        button.clicked.connect(slot)
        return button

    def _on_chosen(self, key: str) -> None:
        if not key:
            self._item = None
            self.card.hide()
            return
        handle = self._context.run(JobLane.REGISTER, work.refused_item, int(key), owner=self)
        handle.done.connect(self._show)

    def _show(self, item: Quarantined | None) -> None:
        self._item = item
        self.card.setVisible(item is not None)
        if item is None:
            return
        what, why, following = sentences(item.reason)
        self.what.setText(what)
        self.why.setText(why)
        self.next.setText(self.tr("What to do next: {next}").format(next=following))
        self.facts.setText(
            self.tr("{name} from {source}, {when}, {size}, SHA-256 {digest}").format(
                name=item.name,
                source=item.source,
                when=moment_words(item.received),
                size=size_words(item.size),
                digest=item.sha256[:16],
            )
        )
        self.facts.setToolTip(plain_tip(item.sha256))
        for button in (self.look, self.save):
            button.setEnabled(item.kept)
            button.setToolTip("" if item.kept else self.tr("Its bytes were not kept."))

    def _look(self, _: object = None) -> None:
        if self._item is not None and self._item.kept:
            handle = self._context.run_before_dialog(JobLane.REGISTER, work.refused_bytes, self._item.pk, owner=self)
            if handle is not None:
                handle.done.connect(self._show_bytes)

    def _show_bytes(self, data: bytes) -> None:
        name = self._item.name if self._item is not None else ""
        BytesDialog(name, data, self).open()

    def _ask_save(self) -> None:
        if self._item is not None:
            name = "".join(char for char in self._item.name if char.isalnum() or char in " ._-")[-80:].strip(" .")
            files.ask_save(self, self.tr("Save the refused file"), name or "refused.bin", "*", self._save)

    def _save(self, path: str) -> None:
        if self._item is not None:
            handle = self._context.run(JobLane.REGISTER, work.save_refused, self._item.pk, Path(path), owner=self)
            handle.done.connect(self._on_saved)

    def _on_saved(self, path: Path) -> None:
        self._context.say(self.tr("Saved as {name}").format(name=path.name))

    def _ask_remove(self) -> None:
        if self._item is None:
            return
        dialog = ConfirmDialog(
            self.tr("Remove this file?"),
            self.tr("Its bytes and its reason are forgotten here. If it is still in the exchange, it may come again."),
            self.tr("Remove"),
            self,
        )
        dialog.accepted.connect(self._remove)
        dialog.open()

    def _remove(self) -> None:
        if self._item is not None:
            handle = self._context.run(JobLane.REGISTER, work.forget_refused, self._item.pk, owner=self)
            handle.done.connect(self._on_removed)

    def _on_count(self, count: int) -> None:
        self.remove_many.setEnabled(bool(count))

    def _count_many(self) -> None:
        handle = self._context.run_before_dialog(JobLane.REGISTER, work.many_refused, owner=self)
        if handle is not None:
            handle.done.connect(self._ask_many)

    def _ask_many(self, kinds: tuple[work.ManyRefused, ...]) -> None:
        if kinds:
            dialog = ForgetDialog(kinds, self)
            dialog.wanted.connect(self._remove_many)
            dialog.open()

    def _remove_many(self, items: tuple[int, ...]) -> None:
        handle = self._context.run(JobLane.REGISTER, work.forget_many_refused, items, owner=self)
        handle.done.connect(self._on_many_removed)

    def _on_many_removed(self, count: int) -> None:
        self._context.say(self.tr("Refused files removed: {count}").format(count=number_words(count)))
        self._on_removed(count)

    def _on_removed(self, _: int) -> None:
        self._item = None
        self.card.hide()
        self._context.tell(Changes(exchange=True))


class BytesDialog(PlainDialog):
    """The first bytes of a refused file, as bytes."""

    def __init__(self, name: str, data: bytes, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Bytes of a refused file"), parent)
        s = sizes(self)
        self.body.addWidget(Label(name, elide=True))
        shown = min(len(data), work.SHOWN_BYTES)
        self.body.addWidget(
            quiet(
                self.tr("The first {shown} of {all} bytes").format(
                    shown=number_words(shown), all=number_words(len(data))
                )
            )
        )
        self.text = QPlainTextEdit(work.printable(data))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("Bytes"))
        self.text.setMinimumSize(min(s.chars(100), on_screen.room(self).width() * 8 // 10), s.line * 16)
        self.body.addWidget(self.text, 1)
        self.add_button(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole, look="primary").setDefault(True)
