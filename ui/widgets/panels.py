"""Surfaces: card, notice, chip, empty state. Each says with words what its colour says."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from ui.theme import Tone, colours, sizes
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.ring import Ring
from ui.widgets.tips import plain_tip
from ui.words.ring import RingState


class Card(QFrame):
    """A sheet of paper with a hair line around it. Add to ``layout()``."""

    def __init__(self, parent: QWidget | None = None, *, title: str = "", horizontal: bool = False) -> None:
        super().__init__(parent)
        s = sizes(self)
        direction = QBoxLayout.Direction.LeftToRight if horizontal else QBoxLayout.Direction.TopToBottom
        self.box = QBoxLayout(direction, self)
        self.box.setContentsMargins(s.l, s.l, s.l, s.l)
        self.box.setSpacing(s.s)
        if title:
            self.box.addWidget(heading(title, 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(c.hair, 1))
        painter.setBrush(c.card)
        radius = sizes(self).radius * 1.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()


class NoticePanel(QFrame):
    """Something to know before going on: a title, a sentence, perhaps one thing to do. More goes into ``words``."""

    def __init__(
        self,
        title: str,
        text: str = "",
        tone: Tone = Tone.INFO,
        parent: QWidget | None = None,
        *,
        action: QAction | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        s = sizes(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(s.l + s.xs, s.m, s.l, s.m)
        layout.setSpacing(s.l)
        self.words = QVBoxLayout()
        self.words.setSpacing(s.xs)
        self.title = strong(title)
        self.text = Label(text)
        if not text:
            self.text.hide()
        self.words.addWidget(self.title)
        self.words.addWidget(self.text)
        layout.addLayout(self.words, 1)
        self.title.set_tone(tone)
        if action is not None:
            layout.addWidget(action_button(action), 0, Qt.AlignmentFlag.AlignVCenter)

    def set_words(self, title: str, text: str = "", tone: Tone | None = None) -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        if tone is not None:
            self._tone = tone
            self.title.set_tone(tone)
        self.update()

    def tell(self, refusal: Refusal, tone: Tone | None = None) -> None:
        """Come up and say what was refused, why, and what to do next."""
        self.set_words(refusal.what_happened, f"{refusal.reason} {refusal.next_step}".strip(), tone)
        self.setVisible(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_slip(self, self._tone, bar=4)


class Chip(QLabel):
    """One or two words on a soft ground: a tier, a stage, a status. One that ``gives_way`` is shortened for lack of room."""

    def __init__(
        self, text: str, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None, *, gives_way: bool = False
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._gives_way = gives_way
        self.setTextFormat(Qt.TextFormat.PlainText)
        wide = QSizePolicy.Policy.Maximum if gives_way else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.set(text, tone)

    @property
    def tone(self) -> Tone:
        return self._tone

    def set(self, text: str, tone: Tone) -> None:
        self._tone = tone
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        s = sizes(self)
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * s.m, s.line + s.xs)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return hint.boundedTo(QSize(sizes(self).chars(8), hint.height())) if self._gives_way else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._gives_way:
            self.setToolTip(plain_tip(self.text()) if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.width() - sizes(self).m
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        paint_chip(painter, self.rect().toRectF(), shown, self._tone, self)
        painter.end()


def paint_slip(widget: QWidget, tone: Tone, *, bar: int) -> None:
    """Fill a widget with a soft ground and a bar of ``bar`` pixels where its lines begin."""
    c = colours(widget.palette()).tone(tone)
    radius = sizes(widget).radius
    rect = QRectF(widget.rect())
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(c.soft)
    painter.drawRoundedRect(rect, radius, radius)
    if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        rect.setLeft(rect.right() - bar)
    rect.setWidth(bar)
    painter.setBrush(c.strong)
    painter.drawRoundedRect(rect, bar / 2, bar / 2)
    painter.end()


def paint_chip(painter: QPainter, rect: QRectF, text: str, tone: Tone, widget: QWidget) -> None:
    """Draw a chip filling ``rect``; table delegates use it too."""
    c = colours(widget.palette()).tone(tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(c.soft)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(c.text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class EmptyState(QWidget):
    """An empty list says what belongs there and offers the action."""

    def __init__(
        self,
        title: str,
        text: str,
        parent: QWidget | None = None,
        *,
        action: QAction | None = None,
    ) -> None:
        super().__init__(parent)
        s = sizes(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(s.xl, s.xl, s.xl, s.xl)
        layout.setSpacing(s.m)
        layout.addStretch(1)
        layout.addWidget(Ring(RingState(), lines=3.2), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title = heading(title, 2)
        self.text = quiet(text)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            # At most so wide, and less where there is less room: nothing is cut off beside a list or with large letters.
            label.setMaximumWidth(s.chars(64))
            # Centred by stretches: a wrapped label with its own alignment is given one line of height.
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(label, 1000)
            row.addStretch(1)
            layout.addLayout(row)
        if action is not None:
            layout.addSpacing(s.s)
            layout.addWidget(action_button(action, primary=True), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def tell(self, refusal: Refusal) -> None:
        """Come up and say why there is nothing to show, and what to do next."""
        self.title.setText(refusal.what_happened)
        self.text.setText(f"{refusal.reason} {refusal.next_step}".strip())
        self.setVisible(True)


def own_size_button(text: str, *, name: str = "", role: str = "") -> QPushButton:
    """A button as large as its words, called ``name`` where they say too little alone; ``role`` is its look."""
    button = QPushButton(text)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if name:
        button.setAccessibleName(name)
    if role:
        button.setProperty("role", role)
    return button


def action_button(action: QAction, *, primary: bool = False) -> QPushButton:
    """A button that does what the action does, with its words, its tooltip and its enabled state."""
    button = ActionButton(action)
    if primary:
        button.setProperty("role", "primary")
    return button


class ActionButton(QPushButton):
    """Follows one ``QAction``: the button never says something else than the menu."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._hid = False
        action.changed.connect(self._follow)
        self.clicked.connect(self._do)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._follow()

    def follows(self, action: QAction) -> bool:
        """Whether this is the action it does."""
        return self._action is action

    def _follow(self) -> None:
        self.setText(self._action.text().rstrip("…").rstrip("."))
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        self.setAccessibleName(self._action.text().replace("&", ""))
        self.setAccessibleDescription(self._action.statusTip())
        if not self._action.isVisible():
            self._hid = True
            self.hide()
        elif self._hid:
            # Only what was hidden here is shown here: a button without a parent would be a window, and one that its page
            # has put away would come back for a moment.
            self._hid = False
            self.show()

    def _do(self) -> None:
        self._action.trigger()
