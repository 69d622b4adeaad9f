"""Comments: what people said about this use case, the open ones first, and a place to add one. A comment is signed, too."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.acts.kinds.forms import MAX_TEXT
from ui.review.remarks import RemarkList
from ui.review.work import Looked
from ui.widgets.blocks import ScrolledSection
from ui.widgets.fields import Choice, LongTextField, PickField
from ui.widgets.labels import heading, quiet
from ui.widgets.panels import Card, own_size_button
from ui.words.cases import open_words


class CommentSection(ScrolledSection):
    """``commenting`` carries the text somebody wants to sign, and the question it is about (empty: the whole)."""

    commenting = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Comments"))
        self._about = ""
        self.clear()
        self.title = heading(self.tr("Comments"), 2)
        self.box.addWidget(self.title)
        self.nothing = quiet(self.tr("Nobody has commented yet."))
        self.box.addWidget(self.nothing)
        self.said = RemarkList()
        self.said.setAccessibleName(self.tr("Comments, the open ones first"))
        self.box.addWidget(self.said)
        card = Card()
        label = QLabel(self.tr("&Your comment"))
        self.text = LongTextField(lines=4, longest=MAX_TEXT)
        self.text.name(
            self.tr("Your comment"), self.tr("Everybody with this use case can read it. It cannot be taken back.")
        )
        label.setBuddy(self.text.focus_widget())
        on = QLabel(self.tr("A&bout"))
        self.about = PickField((), nothing=self.tr("The use case as a whole"))
        self.about.name(self.tr("What your comment is about"), self.tr("The owner then sees it at that very question."))
        on.setBuddy(self.about.focus_widget())
        card.box.addWidget(on)
        card.box.addWidget(self.about)
        card.box.addWidget(label)
        card.box.addWidget(quiet(self.tr("Everybody with this use case can read it. It cannot be taken back.")))
        card.box.addWidget(self.text)
        self.button = own_size_button(self.tr("Sign and add"), name=self.tr("Sign and add the comment"))
        self.button.clicked.connect(self._on_clicked)
        card.box.addWidget(self.button)
        self.box.addWidget(card)
        self.done()

    def keep_about(self, question: str) -> None:
        """What the comment being written is about: chosen when the choices are there."""
        self._about = question
        self.about.set_value(question or None)

    def show_case(self, looked: Looked) -> None:
        labels = {question.id: question.label for question in looked.view.playbook.questions}
        self.about.set_choices([Choice(name, label) for name, label in labels.items() if name in looked.answers])
        if self.about.value() is None and self._about:
            self.about.set_value(self._about)
        self._about = ""
        remarks = looked.view.remarks
        self.said.show_remarks(remarks, labels)
        self.title.setText(open_words(sum(item.open for item in remarks)) if remarks else self.tr("Comments"))
        self.nothing.setVisible(not remarks)
        self.said.setVisible(bool(remarks))

    def begin(self, question: str) -> None:
        """Write about this answer."""
        self.about.set_value(question)
        self.text.focus_widget().setFocus()
        self.ensureWidgetVisible(self.button)

    def _on_clicked(self) -> None:
        if self.text.too_long:
            # It says so itself.
            self.text.focus_widget().setFocus()
            return
        self.commenting.emit(self.text.value() or "", self.about.value() or "")
