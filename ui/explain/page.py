"""Explain: every question, rule, threat, control, duty and classification of the playbook, with its reason and sources.

What is said is made by ``intake.domain.playbook.explained`` from the playbook; nothing is written here a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout

from intake.domain.playbook.explained import Explained, explained, found
from ui.context import Changes, Context
from ui.explain.detail import Detail
from ui.explain.tree import ItemTree
from ui.explain.words import ExplainTarget, look_of
from ui.jobs import JobLane, JobTask
from ui.page import Page
from ui.theme import sizes
from ui.widgets.blocks import ScrolledSection
from ui.widgets.labels import quiet
from ui.widgets.panels import EmptyState
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything one playbook explains."""

    digest: str
    title: str
    items: tuple[Explained, ...]


def read(_: JobTask, session: Session, digest: str) -> Contents:
    """The contents of the playbook with this digest, or of the newest. Raises PlaybookMissing."""
    playbook = session.installation.playbook(digest) if digest else session.installation.shelf.current
    return Contents(playbook.digest, f"{playbook.title}, {playbook.version}", explained(playbook))


class ExplainPage(Page):
    """``go("explain")``, ``go("explain", "threat:LLM01")`` or ``go("explain", Look(key, playbook digest))``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        s = sizes(self)
        self._contents: Contents | None = None
        self._look = ExplainTarget("")
        self.clear_action = self.add_action(self.tr("&Clear the search"), self.clear_search, "Ctrl+Shift+X")
        self.add_action(self.tr("&Next item"), self.next_item, "Ctrl+Down")
        self.add_action(self.tr("&Item before"), self.item_before, "Ctrl+Up")
        self.add_action(self.tr("&Why it matters: the chapters"), self._go_literacy, button=True)
        self.search = SearchField(self.tr("Search the reasons"), self.tr("A word, an article, a framework…"))
        # As it is typed: a few hundred items are looked through faster than a key comes up.
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_enter)
        self.count = quiet("")
        self.tree = ItemTree(self.tr("What is explained"))
        self.tree.chosen.connect(self._on_chosen)
        self.detail = Detail()
        self.detail.followed.connect(self._on_followed)
        self.nothing = EmptyState(
            self.tr("Nothing found"),
            self.tr("Here are all questions, rules, threats, controls and duties of the playbook. Try another word."),
            action=self.clear_action,
        )
        for words in (self.nothing.title, self.nothing.text):
            # Beside the list there is less room than a whole page has.
            words.setMinimumWidth(s.chars(44))
        left = QVBoxLayout()
        left.setSpacing(s.s)
        left.addWidget(self.search)
        left.addWidget(self.count)
        left.addWidget(self.tree, 1)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(s.l)
        row.addLayout(left, 2)
        self.right = QStackedWidget()
        self.right.addWidget(self.detail)
        # In a sheet that scrolls: large letters must not make the window taller than the screen.
        self._none = ScrolledSection(self.tr("Nothing found"))
        self._none.clear()
        self._none.box.addWidget(self.nothing)
        self._none.done()
        self.right.addWidget(self._none)
        row.addWidget(self.right, 3)
        self.body.addLayout(row, 1)

    def title(self) -> str:
        return self.tr("Reasons and sources")

    def activated(self, argument: object) -> None:
        self._look = look_of(argument)
        handle = self.context.run(JobLane.REGISTER, read, self._look.playbook, owner=self)
        handle.done.connect(self._on_read)

    def refresh(self, changes: Changes) -> None:
        if changes.everything or changes.exchange:
            handle = self.context.run(JobLane.REGISTER, read, self._look.playbook, owner=self)
            handle.done.connect(self._on_read)

    def focus_first(self) -> None:
        target = self.tree if self._look.key else self.search
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With large letters or in a narrow window the list is above what it leads to.
        wide = self.width() >= sizes(self).chars(90)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def clear_search(self) -> None:
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_item(self) -> None:
        self.tree.step(1)

    def item_before(self) -> None:
        self.tree.step(-1)

    def _on_read(self, contents: Contents) -> None:
        if self._contents is None or contents.digest != self._contents.digest:
            self._contents = contents
            self.set_lead(contents.title)
            self._fill()
        if self._look.key:
            self._go_to(self._look.key)

    def _go_to(self, key: str) -> None:
        """Show this item; a search that hides it gives way."""
        if not self.tree.select(key) and self.search.text():
            self.search.clear()
            self.tree.select(key)

    def _on_typed(self, _: str) -> None:
        self._fill()

    def _on_enter(self) -> None:
        if self.tree.keys:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        if self._contents is None:
            return
        every = self._contents.items
        shown = found(every, self.search.text())
        self.tree.set_items(shown)
        words = self.tr("{shown} of {all}") if len(shown) < len(every) else self.tr("{all} in all")
        self.count.setText(words.format(shown=len(shown), all=len(every)))
        self.clear_action.setEnabled(bool(self.search.text()))
        self.right.setCurrentWidget(self.detail if shown else self._none)

    def _on_chosen(self, key: str) -> None:
        items = self._contents.items if self._contents is not None else ()
        item = next((item for item in items if item.key == key), None)
        if item is not None or not self.tree.keys:
            self.detail.show_item(item)

    def _on_followed(self, key: str) -> None:
        # A separate visit, so that Back leads to the page before.
        digest = self._look.playbook
        self.context.go("explain", ExplainTarget(key, digest))

    def _go_literacy(self) -> None:
        self.context.go("literacy")
