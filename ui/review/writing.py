"""What the person writes on the review screen, tied to where it is kept: changes of terms, a condition, a comment."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from intake.domain.base.refusals import Refusal
from intake.domain.case.writing import ABOUT, COMMENT, CONDITION
from intake.domain.terms.edits import edits_from_json
from ui.context import Changes, Context
from ui.page import Page
from ui.review.condition_dialog import BegunCondition, begun_from_json
from ui.review.sections import ReviewTabs
from ui.review.unsigned import UnsignedKeeper
from ui.review.work import Looked
from ui.theme import Tone
from ui.widgets.panels import NoticePanel


class ReviewWriting(QObject):
    """Lives with its page. ``changed`` comes when the terms are edited; ``unsaved`` says what could not be stored."""

    changed = Signal()

    def __init__(self, context: Context, tabs: ReviewTabs, page: Page) -> None:
        super().__init__(page)
        self._context = context
        self._terms, self._comments, self._tabs = tabs.terms, tabs.comments, tabs
        self._looked: Looked | None = None
        self._count = 0
        self._setting = False
        self.keeper = UnsignedKeeper(context, self)
        retry = QAction(self.tr("Try again"), self)
        retry.triggered.connect(self.keeper.flush)
        self.unsaved = NoticePanel("", tone=Tone.BAD, action=retry)
        self.unsaved.hide()
        self.keeper.refused.connect(self._on_refused)
        self.keeper.kept.connect(self._on_kept)
        self._terms.changed.connect(self._on_terms)
        self._terms.seen.connect(self._on_seen)
        self._terms.begun.connect(self._on_condition)
        self._comments.text.changed.connect(self._on_comment)
        self._comments.about.changed.connect(self._on_comment)

    def open(self, case: str) -> None:
        """Another use case will be shown."""
        self.keeper.open(case)
        self._looked = self._terms.began = None

    def show_case(self, looked: Looked) -> None:
        """Put what is kept, and what was written since it was read, where it is written."""
        self._terms.flush()
        fresh = self._looked is None
        self._looked = looked
        parts = self.keeper.read(looked.unsigned.parts)
        table = looked.view.table
        edits = edits_from_json(parts, table)
        self.keeper.know(edits)
        self._terms.show_case(looked, edits, looked.unsigned.began or self._terms.began if edits.any else None)
        self._terms.set_begun(begun_from_json(parts.get(CONDITION)))
        if fresh:
            self._setting = True
            self._comments.text.set_value(self.keeper.words(COMMENT))
            self._comments.keep_about(self.keeper.words(ABOUT))
            self._setting = False
        self._count = len(self._terms.changes())
        self._tabs.say_changes(self._count)
        if (
            (edits.any or looked.unsigned.changes)
            and looked.view.office is not None
            and looked.unsigned.changes != self._count
        ):
            self.keeper.recount(self._terms.began or self._terms.now(), self._count)

    def leave(self) -> None:
        """The page is left, or the window closes: what is being typed this moment is kept as well."""
        self._terms.flush()
        self._comments.text.flush()
        self.keeper.flush()

    def _on_terms(self) -> None:
        looked = self._looked
        if looked is not None and looked.view.office is not None:
            edits, changes = self._terms.edits, len(self._terms.changes())
            if not edits.any:
                self._terms.began = None
            elif self._terms.began is None:
                self._terms.began = self._terms.now()
            self.keeper.edit(edits, self._terms.began or self._terms.now(), changes)
            self._tabs.say_changes(changes)
        self.changed.emit()

    def _on_seen(self) -> None:
        self._terms.began = self._terms.now()
        self.keeper.edit(self._terms.edits, self._terms.began, len(self._terms.changes()), begin_again=True)
        self._terms.tell()

    def _on_condition(self, begun: BegunCondition) -> None:
        self.keeper.write(CONDITION, begun.as_json())

    def _on_comment(self) -> None:
        if not self._setting and self._looked is not None:
            self.keeper.write(COMMENT, self._comments.text.value() or "")
            self.keeper.write(ABOUT, self._comments.about.value() or "")

    def _on_kept(self, case: str) -> None:
        self.unsaved.setVisible(self.unsaved.isVisible() and not self.keeper.all_kept)
        count = len(self._terms.changes())
        if self._looked is not None and count != self._count:
            self._count = count
            # Lists and the first page say how many there are.
            self._context.tell(Changes(drafts=frozenset({case})))

    def _on_refused(self, refusal: Refusal) -> None:
        self.unsaved.set_words(
            self.tr("Not saved: {what}").format(what=refusal.what_happened), f"{refusal.reason} {refusal.next_step}"
        )
        self.unsaved.show()
