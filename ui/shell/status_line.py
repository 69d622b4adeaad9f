"""The line below the window: who I am, in which organisation, how the last exchange went, how fresh all this is."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.shell.filling import fill
from ui.theme import Tone, colours, sizes
from ui.widgets.labels import Label, quiet
from ui.widgets.links import LinkButton
from ui.widgets.panels import Chip


class StatusLine(QFrame):
    """Every part is text; what has a state is a chip with words."""

    opening = Signal()
    """Somebody wants to open what was handed to them."""

    STAYS_MS = 8000

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(s.l, s.xs + 1, s.l, s.xs)
        row.setSpacing(s.l)
        self.organisation = quiet("", elide=True)
        self.ten_words = LinkButton("words", self.tr("Ten words"), name=self.tr("The ten words of the organisation"))
        self.ten_words.clicked.connect(self._open_words)
        self._words = ""
        self.person = Label("")
        self.person.setWordWrap(False)
        self.unread = Label("", tone=Tone.BAD, elide=True)
        self.read_only = Chip("", gives_way=True)
        self.handed = Chip("", gives_way=True)
        self.open_keys = LinkButton("keys", self.tr("Open…"), name=self.tr("Open the keys that were handed to you"))
        self.open_keys.clicked.connect(self.opening)
        self.open_exchange = Chip("", gives_way=True)
        self.unsent = Chip("", gives_way=True)
        self.folder = Chip("", gives_way=True)
        self.freshness = Chip("", gives_way=True)
        self.message = quiet("", elide=True)
        row.addWidget(self.person)
        row.addWidget(self.organisation, 2)
        row.addWidget(self.ten_words)
        row.addWidget(self.message, 2)
        row.addWidget(self.unread, 3)
        row.addWidget(self.read_only)
        row.addWidget(self.handed)
        row.addWidget(self.open_keys)
        row.addWidget(self.open_exchange)
        row.addWidget(self.unsent)
        row.addWidget(self.folder)
        row.addWidget(self.freshness)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(self.STAYS_MS)
        self._forget.timeout.connect(self._clear)
        # One line high from the beginning: what comes into it moves nothing.
        self.setMinimumHeight(self.sizeHint().height())
        # What says nothing is not there for a screen reader either.
        for part in (
            self.message,
            self.unread,
            self.read_only,
            self.handed,
            self.open_keys,
            self.open_exchange,
            self.unsent,
            self.folder,
            self.freshness,
            self.person,
            self.organisation,
            self.ten_words,
        ):
            part.setVisible(False)

    def set_organisation(self, name: str, words: str) -> None:
        """``words``: the organisation's id as words, to compare by voice: a click shows all of them, however narrow the window."""
        self._words = words
        self.organisation.setText(name)
        self.organisation.setVisible(bool(name))
        self.ten_words.setVisible(bool(words))

    def set_person(self, text: str) -> None:
        self.person.setText(text)
        self.person.setVisible(bool(text))

    def set_read_only(self, text: str) -> None:
        """Why nothing can be signed or saved here; empty for a home that can be written."""
        self.read_only.set(text, Tone.WARN)
        self.read_only.setVisible(bool(text))

    def set_unread(self, text: str) -> None:
        """That a newer roster cannot be read here; empty while none is. Shortened where there is no room."""
        self.unread.setText(text)
        self.unread.setVisible(bool(text))

    def set_handed(self, text: str) -> None:
        """That keys were handed over and wait for the passphrase, with the way to open them; empty while none wait."""
        self.handed.set(text, Tone.INFO)
        self.handed.setVisible(bool(text))
        self.open_keys.setVisible(bool(text))

    def set_open_exchange(self, text: str, why: str) -> None:
        """That everybody who has the folder can read what travels; empty where only those can who need it."""
        self.open_exchange.set(text, Tone.WARN)
        self.open_exchange.setAccessibleDescription(why if text else "")
        self.open_exchange.setVisible(bool(text))

    def set_unsent(self, text: str, tone: Tone = Tone.WARN) -> None:
        """What was signed here and has not left: "1 signed, not sent"; empty when all has."""
        self.unsent.set(text, tone)
        self.unsent.setVisible(bool(text))

    def set_folder(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        """The exchange folder: "Sent and fetched 14:02", "Folder not reachable"."""
        self.folder.set(text, tone)
        self.folder.setVisible(bool(text))

    def set_freshness(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        """How fresh this is, such as "As known on 21 November"; amber when that is old."""
        self.freshness.set(text, tone)
        self.freshness.setVisible(bool(text))

    def say(self, text: str) -> None:
        """A quiet word that goes away by itself; meanwhile the organisation is shortened for it."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        wanted = self.message.fontMetrics().horizontalAdvance(text) + 4
        self.message.setMinimumWidth(min(wanted, self._room()))
        self._forget.start()

    def work(self, text: str) -> None:
        """A word about work that is under way: it stays until it is ``over``, or something else is said."""
        self.say(text)
        self._forget.stop()

    def over(self, text: str) -> None:
        """That work has ended, so nothing says that it goes on."""
        if self.message.text() == text:
            self._clear()

    def _open_words(self) -> None:
        from ui.shell.ten_words import TenWordsDialog

        TenWordsDialog(self.organisation.text(), self._words, self.window()).open()

    def _room(self) -> int:
        """The pixels left for a message when the organisation is at its shortest."""
        row = self._row
        others = (
            self.person,
            self.ten_words,
            self.unread,
            self.read_only,
            self.handed,
            self.open_keys,
            self.open_exchange,
            self.unsent,
            self.folder,
            self.freshness,
        )
        taken = [
            (part.minimumSizeHint() if part is self.unread else part.sizeHint()).width()
            for part in others
            if not part.isHidden()
        ]
        margins = row.contentsMargins()
        least = self.organisation.minimumSizeHint().width() + margins.left() + margins.right()
        return max(0, self.width() - least - sum(taken) - row.spacing() * (len(taken) + 1))

    def _clear(self) -> None:
        self.message.setText("")
        self.message.setVisible(False)
        self.message.setMinimumWidth(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours(self.palette())
        painter = QPainter(self)
        fill(painter, self.rect(), c.nav)
        painter.setPen(QPen(c.hair, 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()
