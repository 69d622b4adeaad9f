"""What a window shows in words, and where its words have less room than they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from tests.ui.pseudo import OPEN
from ui.shell.navigation import _PlaceButton
from ui.theme import sizes
from ui.widgets.labels import Label, strong_font

ROWS = 60
"""Of a list so many: the others are said in the same words."""
SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def texts(root: QWidget) -> Iterator[str]:
    """Every text of this tree that can be read or heard: what is drawn, tooltips and the names for screen readers."""
    yield root.windowTitle()
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisible() and not widget.objectName().startswith("qt_"):
            yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
            yield from _drawn(widget)


def _drawn(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QGroupBox():
            yield widget.title()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(number) for number in range(widget.count()))
        case QTabBar():
            for number in range(widget.count()):
                yield from (widget.tabText(number), widget.tabToolTip(number))
        case QMenuBar():
            for action in widget.actions():
                menu = action.menu()
                yield action.text()
                yield from (item.text() for item in menu.actions()) if isinstance(menu, QMenu) else ()
        case QHeaderView():
            yield from _headers(widget)
        case QAbstractItemView() if widget.model() is not None:
            yield from _cells(widget.model(), QModelIndex())


def _headers(view: QHeaderView) -> Iterator[str]:
    if view.model() is not None:
        yield from (str(view.model().headerData(number, view.orientation()) or "") for number in range(view.count()))


def _cells(model: QAbstractItemModel, under: QModelIndex) -> Iterator[str]:
    for row in range(min(model.rowCount(under), ROWS)):
        for column in range(model.columnCount(under)):
            index = model.index(row, column, under)
            yield from (said for role in SAID if isinstance(said := model.data(index, role), str))
        yield from _cells(model, model.index(row, 0, under))


def squeezed(root: QWidget) -> Iterator[str]:
    """Tabs, headers, choices, hints in fields, places and shortened labels that do not show their words whole."""
    for widget in root.findChildren(QWidget):
        if widget.isVisible():
            for kind, check in _CHECKS:
                if isinstance(widget, kind):
                    yield from check(widget)


def _tabs(bar: QTabBar) -> Iterator[str]:
    if bar.sizeHint().width() > bar.width() + 1:
        yield f"tabs {[bar.tabText(number) for number in range(bar.count())]}"


def _header(view: QHeaderView) -> Iterator[str]:
    if view.orientation() is Qt.Orientation.Horizontal:
        for number, text in enumerate(_headers(view)):
            if not view.isSectionHidden(number) and view.sectionSizeHint(number) > view.sectionSize(number) + 1:
                yield f"header {text!r}"


def _hint(line: QLineEdit) -> Iterator[str]:
    if line.fontMetrics().horizontalAdvance(line.placeholderText()) > line.width():
        yield f"hint {line.placeholderText()!r}"


def _choice(box: QComboBox) -> Iterator[str]:
    # The arrow takes about a square.
    if (
        OPEN in box.currentText()
        and box.fontMetrics().horizontalAdvance(box.currentText()) + box.height() > box.width()
    ):
        yield f"choice {box.currentText()!r}"


def _place(button: _PlaceButton) -> Iterator[str]:
    s = sizes(button)
    button.setFont(strong_font(button.font()))
    words = button.fontMetrics().horizontalAdvance(button.text())
    badge = button.fontMetrics().horizontalAdvance("999+") + 3 * s.s
    if 2 * s.m + s.icon + words + badge > button.width():
        yield f"place {button.text()!r}"


def _label(label: Label) -> Iterator[str]:
    if label._elide and OPEN in label.text() and QLabel.text(label) != " ".join(label.text().split()):
        yield f"shortened {label.text()!r}"


_CHECKS: tuple[tuple[type[QWidget], Callable[..., Iterator[str]]], ...] = (
    (QTabBar, _tabs),
    (QHeaderView, _header),
    (QLineEdit, _hint),
    (QComboBox, _choice),
    (_PlaceButton, _place),
    (Label, _label),
)
