"""What is signed, as a sheet that scrolls: parts with a heading, in each the lines, and in their midst the consequence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.decision_facts import FactGrid
from ui.widgets.labels import Label, digest, strong
from ui.widgets.middle import MiddleArea
from ui.widgets.panels import Card, NoticePanel
from ui.widgets.ring import Ring
from ui.words.ring import RingState


@dataclass(frozen=True, slots=True)
class SignedLine:
    """One thing that is signed, under the heading ``part``. ``is_digest`` shows it short, whole as tooltip, and last."""

    label: str
    value: str
    is_digest: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a signature is put under: ``title`` names the act, ``consequence`` says what follows from it.

    ``lines`` are what is decided, ``grounds`` what it rests on. ``has_pages`` says that a PDF can be looked at. ``on_paper``
    says that what paper cannot show is told among these already, more exactly than the lines allow.
    """

    title: str
    consequence: str
    signer: str
    fingerprint: str
    lines: tuple[SignedLine, ...]
    button: str
    attestations: tuple[str, ...] = ()
    ring_after: RingState | None = None
    warnings: tuple[str, ...] = ()
    grounds: tuple[SignedLine, ...] = field(default=())
    has_pages: bool = False
    on_paper: bool = False


class SigningSheet(MiddleArea):
    """In this order: what went wrong, warnings, what is decided, what follows from it, what it rests on, digests.

    It takes the keyboard, so that all of it can be read without a mouse. What went wrong (``problem``) is shown in it, so that
    nothing below moves or is pushed off the screen.
    """

    def __init__(self, subject: Subject, title: QWidget, parent: QWidget | None = None) -> None:
        inside = QWidget()
        super().__init__(inside, parent)
        self.setProperty("reading", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("What is signed"))
        s = sizes(self)
        column = bare_column(inside, s.m)
        column.setContentsMargins(s.s, s.xs, s.m, s.xs)
        self.problem = NoticePanel("", tone=Tone.BAD)
        self.problem.setVisible(False)
        column.addWidget(self.problem)
        column.addWidget(title)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(s.m)
        column.addLayout(self._warnings)
        for warning in subject.warnings:
            self.warn(warning)
        every = (*subject.lines, *subject.grounds)
        ring = subject.ring_after
        for part, lines in _parts(subject.lines):
            column.addWidget(_part(inside, part or self.tr("This is what you sign"), lines, ring))
            ring = None
        self.consequence = NoticePanel(subject.consequence, tone=Tone.INFO)
        column.addWidget(self.consequence)
        for part, lines in (*_parts(subject.grounds), *_digests(every)):
            column.addWidget(_part(inside, part, lines))
        column.addStretch(1)
        self._parts_column = column

    def add_last(self, widget: QWidget) -> None:
        """Something below all that is signed, which scrolls with it."""
        self._parts_column.insertWidget(self._parts_column.count() - 1, widget)

    def warn(self, text: str) -> None:
        """One warning more, above what is signed."""
        self._warnings.addWidget(NoticePanel(text, tone=Tone.WARN))

    def tell(self, title: str, text: str, tone: Tone) -> None:
        """Say what went wrong, where it is seen at once."""
        self.problem.set_words(title, text, tone)
        self.problem.setVisible(True)
        self.verticalScrollBar().setValue(0)

    def sizeHint(self) -> QSize:
        width = sizes(self).chars(80)
        return QSize(width, self.wish(width))


def _parts(lines: Sequence[SignedLine]) -> Iterator[tuple[str, list[SignedLine]]]:
    """What stands under each heading, in order; digests come after everything else."""
    for part, found in groupby((line for line in lines if not line.is_digest), key=lambda line: line.part):
        yield part, list(found)


def _digests(lines: Sequence[SignedLine]) -> Iterator[tuple[str, list[SignedLine]]]:
    found = [line for line in lines if line.is_digest]
    if found:
        yield SigningSheetTexts.tr("Digests"), found


def _part(inside: QWidget, title: str, lines: Sequence[SignedLine], ring: RingState | None = None) -> Card:
    card = Card(inside)
    s = sizes(card)
    words = QVBoxLayout()
    words.setSpacing(s.s)
    words.addWidget(strong(title))
    row = QHBoxLayout()
    row.setSpacing(s.l)
    row.addLayout(words, 1)
    card.box.addLayout(row)
    words.addWidget(FactGrid(((line.label, _value(line)) for line in lines), card))
    if ring is not None:
        row.addWidget(Ring(ring, lines=4.0), 0, Qt.AlignmentFlag.AlignTop)
    return card


def _value(line: SignedLine) -> Label:
    """All of it, however long: what is signed is not folded away."""
    if line.is_digest:
        return digest(line.value)
    value = Label(line.value)
    value.setAccessibleName(f"{line.label}: {line.value}")
    return value


class SigningSheetTexts(Texts):
    pass
