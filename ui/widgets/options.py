"""Radio buttons and check boxes whose words wrap: with large text or a narrow window nothing of an answer is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from ui.theme import sizes

if TYPE_CHECKING:
    # Either of the two below; they share what is used here.
    from PySide6.QtWidgets import QRadioButton as _Base
else:
    _Base = object

_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class _Wrapping(_Base):
    """Over a button of Qt: one line as Qt paints it, more lines below each other beside the same box."""

    _ELEMENT: QStyle.ControlElement
    _CONTENTS: QStyle.SubElement

    _one: QSize | None = None
    """The size on one line, and below the heights by width: layouts ask for them over and over again."""
    _heights: dict[int, int]

    def _begin(self) -> None:
        self._heights = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._one = None
            self._heights = {}

    def sizeHint(self) -> QSize:
        if self._one is None:
            self._one = super().sizeHint()
        return self._one

    def minimumSizeHint(self) -> QSize:
        one = self.sizeHint()
        return QSize(min(sizes(self).chars(16), one.width()), one.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        one = self.sizeHint()
        if width >= one.width():
            return one.height()
        if width not in self._heights:
            more = one.height() - self.fontMetrics().height() + self._words(width).height()
            self._heights[width] = max(one.height(), more)
        return self._heights[width]

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        one = self.sizeHint()
        if self.width() >= one.width():
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""
        option.rect = QRect(0, 0, self.width(), one.height())
        painter.drawControl(self._ELEMENT, option)
        words = self._words(self.width())
        top = (one.height() - self.fontMetrics().height()) // 2
        role = self.foregroundRole()
        painter.setPen(self.palette().color(role))
        painter.drawText(QRect(words.x(), top, words.width(), self.height()), _WRAP | _MNEMONIC, text)

    def _words(self, width: int) -> QRect:
        """The room of the words, from the box to the edge."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.rect = QRect(0, 0, width, self.sizeHint().height())
        room = self.style().subElementRect(self._CONTENTS, option, self)
        left = room.left() if room.left() > 0 else round(sizes(self).line * 1.2)
        wide = max(1, width - left)
        bounds = self.fontMetrics().boundingRect(0, 0, wide, 100_000, _WRAP, self.text())
        return QRect(left, 0, wide, bounds.height())


_MNEMONIC = int(Qt.TextFlag.TextShowMnemonic)


class WrappingRadio(_Wrapping, QRadioButton):
    _ELEMENT = QStyle.ControlElement.CE_RadioButton
    _CONTENTS = QStyle.SubElement.SE_RadioButtonContents

    def __init__(self, text: str) -> None:
        QRadioButton.__init__(self, text)
        self._begin()


class WrappingCheck(_Wrapping, QCheckBox):
    _ELEMENT = QStyle.ControlElement.CE_CheckBox
    _CONTENTS = QStyle.SubElement.SE_CheckBoxContents

    def __init__(self, text: str) -> None:
        QCheckBox.__init__(self, text)
        self._begin()


SHORT = 28
"""Characters that fit on one line in any window, with text twice as large too."""


def radio(text: str) -> QRadioButton:
    """A radio button; Qt's own where the words are short, because it is made and laid out faster."""
    return WrappingRadio(text) if len(text) > SHORT else QRadioButton(text)


def check_box(text: str) -> QCheckBox:
    """A check box, in the same way."""
    return WrappingCheck(text) if len(text) > SHORT else QCheckBox(text)
