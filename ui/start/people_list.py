"""The people who enrolled: who they are, their key in words, and the roles they are to have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from intake.domain.base.words import spoken
from intake.domain.organisation.roster import Role
from ui.theme import colours, sizes
from ui.widgets.boxes import bare_column, clear
from ui.widgets.labels import Label, quiet, strong
from ui.words.cases import role_words

if TYPE_CHECKING:
    from intake.services.organisation.people import Enrolment

OFFERED = (Role.ADMINISTRATOR, Role.CIO, Role.CISO, Role.OWNER, Role.RECORDS, Role.AUDITOR)


class PeopleList(QWidget):
    """``changed`` comes with every role given or taken."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = bare_column(self, 0)
        self._rows: dict[str, _Person] = {}
        self._shown: tuple[Enrolment, ...] = ()

    def set_people(self, people: Sequence[Enrolment], roles: Mapping[str, tuple[Role, ...]]) -> None:
        """Show these enrolments. Ticks already set stay when the people are the same."""
        if tuple(people) == self._shown:
            return
        before = self.roles()
        self._shown = tuple(people)
        clear(self._box)
        self._rows = {}
        for person in people:
            row = _Person(person, before.get(person.act) or roles.get(person.act, ()))
            row.changed.connect(self.changed)
            self._rows[person.act] = row
            self._box.addWidget(row)

    def roles(self) -> dict[str, tuple[Role, ...]]:
        """The roles ticked, by the id of the enrolment."""
        return {act: row.roles() for act, row in self._rows.items()}

    def box(self, act: str, role: Role) -> QCheckBox:
        return self._rows[act].boxes[role]


class _Person(QFrame):
    changed = Signal()

    def __init__(self, person: Enrolment, roles: tuple[Role, ...]) -> None:
        super().__init__()
        s = sizes(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, s.m, 0, s.m)
        layout.setSpacing(s.xs)
        layout.addWidget(strong(person.name))
        layout.addWidget(quiet(" · ".join(part for part in (person.person, person.unit) if part)))
        words = Label(self.tr("Key in words: {words}").format(words=spoken(person.fingerprint)))
        layout.addWidget(words)
        grid = QGridLayout()
        grid.setHorizontalSpacing(s.l)
        self.boxes: dict[Role, QCheckBox] = {}
        for number, role in enumerate(OFFERED):
            box = QCheckBox(role_words(role))
            box.setAccessibleName(
                self.tr("{name}: {role}").format(name=person.name, role=role_words(role)),
            )
            box.setChecked(role in roles)
            box.toggled.connect(self._on_toggled)
            self.boxes[role] = box
            grid.addWidget(box, number // 6, number % 6)
        grid.setColumnStretch(6, 1)
        layout.addLayout(grid)

    def roles(self) -> tuple[Role, ...]:
        return tuple(role for role, box in self.boxes.items() if box.isChecked())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(colours(self.palette()).hair, 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _on_toggled(self, _: bool) -> None:
        self.changed.emit()
