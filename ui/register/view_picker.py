"""The saved views of one list: choose one, save what is shown under a name, remove one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QLineEdit, QWidget

from ui.context import WindowSettings
from ui.register.saved_views import LONGEST, SavedView, fit, read_views, with_view, written_views
from ui.theme import Tone
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label


class ViewPicker(QComboBox):
    """``chosen`` carries a ``SavedView``. The first line means no view: what is shown was put together by hand."""

    chosen = Signal(object)

    def __init__(self, settings: WindowSettings, key: str) -> None:
        super().__init__()
        self._settings, self._key = settings, f"views/{key}"
        self.setAccessibleName(self.tr("Saved views"))
        self.view().setAccessibleName(self.tr("Saved views"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.currentIndexChanged.connect(self._on_chosen)
        self._views: tuple[SavedView, ...] = ()
        self.unread = False
        """Whether what was kept could not be read."""
        text = settings.text(self._key)
        try:
            self._views = read_views(text)
        except ValueError:
            # It stays where somebody who knows can look at it, and is not written over.
            settings.set_text(f"{self._key}-unread", text)
            self.unread = True
        self._fill("")

    @property
    def views(self) -> tuple[SavedView, ...]:
        return self._views

    @property
    def current(self) -> str:
        """The name of the view that is shown; empty for none."""
        return str(self.currentData() or "")

    def save(self, view: SavedView) -> bool:
        """Keep a view, in the place of one of the same name; False when there would be too many, or too long a search."""
        changed = with_view(self._views, view)
        if not fit(changed):
            return False
        self._keep(changed, view.name)
        return True

    def remove(self) -> str:
        """Remove the view that is shown; gives its name."""
        name = self.current
        self._keep(tuple(item for item in self._views if item.name != name), "")
        return name

    def show_name(self, name: str) -> None:
        """Say that this view is shown, and not choose it."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(name)))

    def leave(self) -> None:
        """Something else than the view is shown now."""
        with QSignalBlocker(self):
            self.setCurrentIndex(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _keep(self, views: tuple[SavedView, ...], current: str) -> None:
        self._views = views
        self._settings.set_text(self._key, written_views(views))
        self._settings.sync()
        self._fill(current)

    def _fill(self, current: str) -> None:
        with QSignalBlocker(self):
            self.clear()
            self.addItem(self.tr("Saved views"), "")
            for item in self._views:
                self.addItem(item.name, item.name)
            self.setCurrentIndex(max(0, self.findData(current)))
        self.setVisible(bool(self._views))

    def _on_chosen(self, number: int) -> None:
        found = next((item for item in self._views if item.name == self.itemData(number)), None)
        if found is not None:
            self.chosen.emit(found)


class ViewNameDialog(PlainDialog):
    """Asks for the name of a view; ``named`` carries it."""

    named = Signal(str)

    def __init__(self, name: str, is_taken: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Save this view"), parent)
        self._is_taken = is_taken
        self.body.addWidget(Label(self.tr("The search, the filters and the order are kept on this computer.")))
        label = QLabel(self.tr("&Name of the view"))
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.line = QLineEdit(name)
        self.line.setMaxLength(LONGEST)
        self.line.setAccessibleName(self.tr("Name of the view"))
        label.setBuddy(self.line)
        self.problem = Label("", tone=Tone.BAD)
        self.problem.setVisible(False)
        self.note = Label("")
        self.note.setVisible(False)
        for widget in (label, self.problem, self.line, self.note):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.save = self.add_button(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self.save.setDefault(True)
        self.line.textChanged.connect(self._on_text)
        self._on_text()
        self.line.setFocus()
        self.line.selectAll()

    def accept(self) -> None:
        name = " ".join(self.line.text().split())
        if not name:
            self.problem.setText(self.tr("Give it a name, so that you find it again."))
            self.problem.setVisible(True)
            self.line.setFocus()
            return
        super().accept()
        self.named.emit(name)

    def _on_text(self) -> None:
        taken = self._is_taken(" ".join(self.line.text().split()))
        self.note.setText(self.tr("The view of this name will show this from now on.") if taken else "")
        self.note.setVisible(taken)
