"""That keys were handed over and wait for a passphrase, and who can read what travels: for every page that tells of it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from intake.domain.organisation.exchange_rule import Reading
from ui.context import Context
from ui.exchange.access_watch import access_watch
from ui.exchange.access_words import for_others_words, handed_why, handed_words, reading_name, reading_sentence
from ui.texts import Texts
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.panels import Chip, NoticePanel


class HandedNotice(NoticePanel):
    """There while keys wait for a passphrase, and only then."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        opening = QAction(AccessCardTexts.tr("Open…"))
        opening.setToolTip(AccessCardTexts.tr("Open the keys with your passphrase"))
        super().__init__("", handed_why(), Tone.INFO, parent, action=opening)
        self.opening = opening
        self._context = context
        opening.triggered.connect(self._on_open)
        # Told of beside what is drawn; nothing is shown before it is known.
        self.setVisible(False)
        self._watch = access_watch(context)
        self._watch.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        count = self._watch.facts.handed
        if count:
            self.set_words(handed_words(count), handed_why())
        self.setVisible(count > 0)

    def _on_open(self) -> None:
        self._context.ask("open-keys")


class ReadingWords(QWidget):
    """Confidential or open, with one sentence, and what is kept here for others; nothing before there is an organisation."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        box = bare_column(self, s.xs)
        top = FlowLayout(self)
        title = strong(AccessCardTexts.tr("Who can read what travels"))
        title.setWordWrap(False)
        top.addWidget(title)
        self.state = Chip("")
        top.addWidget(self.state)
        box.addLayout(top)
        self.said = Label("")
        self.others = quiet("")
        box.addWidget(self.said)
        box.addWidget(self.others)
        self._watch = access_watch(context)
        self._watch.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        facts = self._watch.facts
        others = for_others_words(facts.files, facts.size, handed=facts.handed)
        self.others.setText(others)
        self.others.setVisible(bool(others))
        self.setVisible(facts.reading is not None)
        if facts.reading is not None:
            tone = Tone.GOOD if facts.reading is Reading.CONFIDENTIAL else Tone.WARN
            self.state.set(reading_name(facts.reading), tone)
            self.said.setText(reading_sentence(facts.reading))


class AccessCardTexts(Texts):
    pass
