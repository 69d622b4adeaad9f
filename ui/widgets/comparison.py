"""Two positions side by side, field by field; where they differ, words say so and a background colour shows it.

Works on ready texts (``ComparisonRow``); ``compare_terms`` makes them from the terms of both offices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from intake.domain.base.wording import shown as in_words
from intake.domain.terms.differences import TermsDifference, compared_fields, differences
from intake.domain.terms.edits import CONDITIONS
from intake.domain.terms.in_lines import waiver_line
from intake.domain.terms.terms import Terms, shown
from ui.formatting import day_words
from ui.texts import Texts
from ui.theme import Tone, colours, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.panels import Chip
from ui.widgets.ring import Ring
from ui.words.cases import role_words, stage_words
from ui.words.ring import Half, RingState


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One field, with its ``path`` as in ``TermsDifference``. ``tighter`` is "left", "right" or ""; ``differs`` says whether the two part.

    ``about`` is what an answer of the owner’s side calls it, ``answer`` what was answered.
    """

    group: str
    label: str
    left: str
    right: str
    differs: bool = False
    tighter: str = ""
    path: str = ""
    about: str = ""
    answer: str = ""


def compare_terms(
    left: Terms | None,
    right: Terms | None,
    names: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> tuple[ComparisonRow, ...]:
    """Every field of both positions, in the order of the record; a position not taken yet is left empty.

    ``names`` are people by id, for the owners of conditions, and questions by id, for waivers. ``answers`` are what the owner’s
    side answered, by what it is about.
    """
    parts = {item.path: item for item in differences(left, right)} if left and right else {}
    rows = [
        _row(
            ComparisonTexts.tr("Terms"),
            ComparisonTexts.tr("Stage granted"),
            "stage",
            _stage(left),
            _stage(right),
            parts,
        )
    ]
    days = ((ComparisonTexts.tr("Holds from"), "from", _begins), (ComparisonTexts.tr("Expires"), "expires", _expires))
    rows += [
        _row(ComparisonTexts.tr("Terms"), label, path, day_words(day(left)), day_words(day(right)), parts)
        for label, path, day in days
    ]
    if (left and left.waivers) or (right and right.waivers):
        rows.append(
            _row(
                ComparisonTexts.tr("Terms"),
                ComparisonTexts.tr("Waived"),
                "waivers",
                _waived(left, names or {}),
                _waived(right, names or {}),
                parts,
            )
        )
    if "fields" in parts:
        numbers = (parts["fields"].left, parts["fields"].right)
        rows.append(
            _row(ComparisonTexts.tr("Terms"), ComparisonTexts.tr("Table of boundaries"), "fields", *numbers, parts)
        )
    if left and right:
        rows += [
            ComparisonRow(
                item.field.boundary.label,
                item.field.label,
                item.left,
                item.right,
                item.differs,
                item.tighter,
                item.field.path,
                item.field.path,
            )
            for item in compared_fields(left.boundaries, right.boundaries)
        ]
    else:
        one_sided = left or right
        for item, value in one_sided.boundaries.items if one_sided else ():
            words = shown(item, value)
            rows.append(
                ComparisonRow(
                    item.boundary.label,
                    item.label,
                    words if left else "",
                    words if right else "",
                    about=item.path,
                )
            )
    conditions = sorted({*(left.conditions if left else ()), *(right.conditions if right else ())})
    for condition in conditions:
        owner = (names or {}).get(condition.owner, condition.owner)
        text = f"{condition.text} ({owner}, {day_words(condition.due)})"
        here = left is not None and condition in left.conditions
        there = right is not None and condition in right.conditions
        both = left is not None and right is not None
        rows.append(
            ComparisonRow(
                ComparisonTexts.tr("Conditions"),
                ComparisonTexts.tr("Condition"),
                text if here else "",
                text if there else "",
                differs=both and here != there,
                tighter="" if here == there or not both else ("left" if here else "right"),
                path=CONDITIONS,
                about=condition.digest,
            )
        )
    return tuple(replace(row, answer=(answers or {}).get(row.about, "")) for row in rows)


def _row(group: str, label: str, path: str, left: str, right: str, parts: dict[str, TermsDifference]) -> ComparisonRow:
    found = parts.get(path)
    tighter = found.tighter if found is not None else ""
    return ComparisonRow(group, label, left, right, found is not None, tighter, path, path)


def _waived(given: Terms | None, names: Mapping[str, str]) -> str:
    return "\n".join(in_words(waiver_line(item, names)) for item in given.waivers) if given else ""


def _begins(given: Terms | None) -> date | None:
    return given.begins if given else None


def _expires(given: Terms | None) -> date | None:
    return given.expires if given else None


def _stage(terms: Terms | None) -> str:
    return stage_words(terms.stage) if terms else ""


class TermsComparison(QWidget):
    """Left the CIO, right the CISO, as in the ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        layout = bare_column(self, s.s)
        top = QHBoxLayout()
        self.summary = strong("")
        self.only_differences = QCheckBox(self.tr("Only differences"))
        self.only_differences.toggled.connect(self._show)
        top.addWidget(self.summary, 1)
        top.addWidget(self.only_differences)
        layout.addLayout(top)
        self._place = QVBoxLayout()
        layout.addLayout(self._place)
        self._sheet: QFrame | None = None
        self._rows: tuple[ComparisonRow, ...] = ()
        self._names = ("", "")
        self._halves = (Half.OPEN, Half.OPEN)

    def set_rows(
        self,
        rows: Sequence[ComparisonRow],
        left_name: str,
        right_name: str,
        left: Half = Half.OPEN,
        right: Half = Half.OPEN,
    ) -> None:
        """Show these rows. The names say whose position it is and on which revision: "CIO · revision 2"."""
        self._rows, self._names, self._halves = tuple(rows), (left_name, right_name), (left, right)
        count = sum(row.differs for row in self._rows)
        missing = not any(row.left for row in self._rows) or not any(row.right for row in self._rows)
        if missing:
            self.summary.setText(self.tr("Only one position so far"))
        elif count:
            self.summary.setText(self.tr("%Ln points differ", "", count))
        else:
            self.summary.setText(self.tr("Both positions are the same"))
        self.only_differences.setVisible(bool(count))
        self._show()

    def _show(self, _: bool = False) -> None:
        if self._sheet is not None:
            self._place.removeWidget(self._sheet)
            self._sheet.deleteLater()
        only = self.only_differences.isChecked() and not self.only_differences.isHidden()
        self._sheet = _ComparisonGrid(
            [row for row in self._rows if row.differs or row.answer or not only], self._names, self._halves
        )
        self._place.addWidget(self._sheet)


class _ComparisonGrid(QFrame):
    def __init__(self, rows: Sequence[ComparisonRow], names: tuple[str, str], halves: tuple[Half, Half]) -> None:
        super().__init__()
        s = sizes(self)
        self._bands: list[tuple[list[QWidget], bool]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(s.l, s.m, s.l, s.m)
        grid.setHorizontalSpacing(s.l)
        grid.setVerticalSpacing(s.m)
        for column, stretch in enumerate((4, 5, 5, 2)):
            grid.setColumnStretch(column, stretch)
        for column, (name, state) in enumerate(
            ((names[0], RingState(cio=halves[0])), (names[1], RingState(ciso=halves[1]))), start=1
        ):
            head = QHBoxLayout()
            head.setSpacing(s.s)
            head.addWidget(Ring(state, lines=1.3))
            head.addWidget(strong(name), 1)
            grid.addLayout(head, 0, column)
        line, group = 1, ""
        for row in rows:
            if row.group != group:
                group = row.group
                title = heading(group, 3)
                title.setContentsMargins(0, s.m, 0, 0)
                grid.addWidget(title, line, 0, 1, 4)
                line += 1
            label = quiet(row.label)
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            shown_in_row: list[QWidget] = [label]
            for column, text in ((1, row.left), (2, row.right)):
                value = strong(text or "–") if row.differs else Label(text or "–")
                value.setAccessibleName(f"{names[column - 1]}, {row.label}: {text}")
                grid.addWidget(value, line, column, Qt.AlignmentFlag.AlignTop)
                shown_in_row.append(value)
            if row.differs:
                chip = Chip(self._difference(row), Tone.WARN)
                grid.addWidget(chip, line, 3, Qt.AlignmentFlag.AlignTop)
                shown_in_row.append(chip)
            if row.answer:
                line += 1
                answer = Label(row.answer, tone=Tone.WARN)
                answer.setAccessibleName(f"{row.label}: {row.answer}")
                grid.addWidget(answer, line, 1, 1, 3)
                shown_in_row.append(answer)
            self._bands.append((shown_in_row, row.differs))
            line += 1

    def _difference(self, row: ComparisonRow) -> str:
        if not row.tighter:
            return self.tr("differs")
        return self.tr("{office} is tighter").format(office=role_words("cio" if row.tighter == "left" else "ciso"))

    def paintEvent(self, event: QPaintEvent) -> None:
        c, s = colours(self.palette()), sizes(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(c.hair, 1))
        painter.setBrush(c.card)
        radius = s.radius * 1.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        for widgets, differs in self._bands:
            # From the widgets, because the grid's own cellRect knows nothing of wrapped lines.
            top = min(widget.y() for widget in widgets)
            bottom = max(widget.geometry().bottom() for widget in widgets)
            band = QRectF(s.s, top - s.m / 2, self.width() - 2 * s.s, bottom - top + s.m)
            if differs:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(c.alternate if not c.dark else c.window)
                painter.drawRoundedRect(band, s.radius, s.radius)
                painter.setBrush(c.tone(Tone.WARN).strong)
                painter.drawRoundedRect(QRectF(band.left(), band.top(), 3, band.height()), 1.5, 1.5)
            else:
                painter.setPen(QPen(c.hair, 1))
                painter.drawLine(band.bottomLeft(), band.bottomRight())
        painter.end()


class ComparisonTexts(Texts):
    pass
