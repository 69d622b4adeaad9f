"""Small building blocks of the screens about one use case: folds, facts, long foreign words, a scrolling sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import sizes
from ui.turns import Bit, Turns
from ui.widgets.boxes import SideBySide, bare_column, keep_keyboard
from ui.widgets.labels import Label, quiet
from ui.widgets.part_area import PartArea

LONG = 700
"""Characters of an answer shown at once; the rest is one click away."""


class ScrolledSection(PartArea):
    """A column that scrolls, for one section of a page: ``clear``, fill ``box``, ``done``.

    A long section is built in turns of the event loop, with ``fill``; it is ``complete`` after the last one.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._turns = Turns(self)
        self._turns.ended.connect(self._fit)
        self._kept: int | None = None
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)
        self._holder = QWidget()
        self.clear()
        self.done()

    @property
    def complete(self) -> bool:
        """Whether everything is shown."""
        return self._turns.over

    @property
    def whole(self) -> bool:
        return self._turns.over

    def keep_place(self, *, same: bool) -> None:
        """What it is filled with next is the ``same``, read again: who reads it stays where they are."""
        self._kept = self.verticalScrollBar().value() if same else None

    def clear(self) -> None:
        """Start again; what is added to ``box`` is laid out once, by ``done``."""
        s = sizes(self)
        self._turns.begin(())
        self._holder = QWidget()
        outer = QVBoxLayout(self._holder)
        outer.setContentsMargins(0, s.l, s.m, s.l)
        outer.setSpacing(0)
        self.box = QVBoxLayout()
        self.box.setSpacing(s.l)
        outer.addLayout(self.box)
        outer.addStretch(1)

    def done(self) -> None:
        """Show what was added since ``clear``."""
        if (before := self.widget()) is not None:
            keep_keyboard(before)
        self.setWidget(self._holder)

    def fill(self, bits: Iterable[Bit]) -> None:
        """Start again and let each bit add its part to ``box``, the first at once and the others in turns."""
        self.clear()
        self.done()
        self._turns.begin(bits)

    def _on_range(self, _: int, largest: int) -> None:
        if self._kept is not None and largest >= self._kept:
            self.verticalScrollBar().setValue(self._kept)
            self._kept = None

    def _on_scrolled(self, _: int) -> None:
        self._kept = None


class Beside(SideBySide):
    """Children side by side, one below the other when there is too little room; of equal width without ``shares``."""

    def __init__(
        self,
        children: Sequence[QWidget],
        *,
        least: int = 34,
        shares: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._least, self._number = least, len(children)
        for child, share in zip(children, shares or (1,) * len(children), strict=True):
            child.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.box.addWidget(child, share)

    def room(self) -> int:
        # Asked again each time: the text may have been made larger since.
        return sizes(self).chars(self._least) * self._number


class WrappingRow(SideBySide):
    """Children side by side while each has room for its words, else one below the other. ``grows`` is the first one's."""

    def __init__(self, *children: QWidget, grows: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._children = children
        for number, child in enumerate(children):
            self.box.addWidget(child, 1 if grows and not number else 0)
        if not grows:
            self.box.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        widest = max(0 if _wraps(child) else child.minimumSizeHint().width() for child in self._children)
        return QSize(widest, super().minimumSizeHint().height())

    def room(self) -> int:
        shown = [child for child in self._children if not child.isHidden()]
        return sum(_wish(child) for child in shown) + self.box.spacing() * len(shown)


def _wraps(child: QWidget) -> bool:
    return isinstance(child, QLabel) and child.wordWrap()


def _wish(child: QWidget) -> int:
    """The width at which nothing wraps."""
    if isinstance(child, QLabel):
        return child.fontMetrics().horizontalAdvance(child.text())
    return child.sizeHint().width()


class LongWords(QWidget):
    """Foreign text of any length: its beginning at once, all of it on demand.

    ``whole`` shows all of it from the start: where texts are compared, what differs may be far down.
    """

    def __init__(self, text: str, name: str, parent: QWidget | None = None, *, whole: bool = False) -> None:
        super().__init__(parent)
        self._text, self._name = text, name
        layout = bare_column(self, sizes(self).xs)
        self.label = Label(shortened(text))
        layout.addWidget(self.label)
        self.more = QPushButton()
        self.more.setProperty("role", "link")
        self.more.setCheckable(True)
        self.more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.more.toggled.connect(self._show)
        self.more.setVisible(len(text) > LONG)
        layout.addWidget(self.more)
        self._words(shown=False)
        self.more.setChecked(whole and len(text) > LONG)

    def _show(self, shown: bool) -> None:
        self.label.setText(self._text if shown else shortened(self._text))
        self._words(shown=shown)

    def _words(self, *, shown: bool) -> None:
        count = len(self._text)
        self.more.setText(self.tr("Show less") if shown else self.tr("Show all %Ln characters", "", count))
        self.more.setAccessibleName(f"{self.more.text()}: {self._name}")


def shortened(text: str) -> str:
    """The beginning of a long text, cut between two words."""
    if len(text) <= LONG:
        return text
    cut = text[: LONG - 60]
    space = cut.rfind(" ")
    return f"{cut[:space] if space > LONG // 2 else cut}…"


class Facts(QWidget):
    """Labels and values in two columns; values are foreign text."""

    def __init__(self, pairs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(s.l)
        grid.setVerticalSpacing(s.s)
        grid.setColumnStretch(1, 1)
        for number, (label, value) in enumerate(pairs):
            name = quiet(label)
            name.setWordWrap(False)
            shown = Label(value)
            shown.setAccessibleName(f"{label}: {value}")
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, number, 1, Qt.AlignmentFlag.AlignTop)
