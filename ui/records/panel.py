"""What was found about the signatures of a record, in words: the verdict, each signature, what was checked, the policy.

Fed by a ``RecordVerdict``; nothing is judged here. Names and sentences in it may be foreign text and are shown as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.formatting import moment_words
from ui.records.stands_card import StandsCard, statement_notice
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column, clear
from ui.widgets.labels import Label, digest, heading, quiet, strong
from ui.widgets.panels import Card, Chip, NoticePanel, own_size_button
from ui.widgets.part_area import PartArea

if TYPE_CHECKING:
    from intake.services.proving.verdicts import RecordVerdict, SignatureFinding, StatementJudged
    from ui.records.paper_jobs import RecordStanding


class SignaturePanel(PartArea):
    """The column beside the pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Its words take no keyboard: it takes it itself, and scrolls by it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("What was found about the signatures"))
        self.verdict: RecordVerdict | None = None
        self._standing: RecordStanding | None = None
        self._column = QWidget()
        self.setWidget(self._column)
        self._box = QVBoxLayout(self._column)
        self._box.setContentsMargins(0, 0, sizes(self).s, 0)
        self._box.setSpacing(sizes(self).m)

    def wait(self) -> None:
        """Nothing is known yet."""
        self.verdict = None
        clear(self._box)
        self._box.addWidget(NoticePanel(self.tr("Checking the signatures…"), tone=Tone.INFO))
        self._box.addStretch(1)

    def set_standing(self, standing: RecordStanding | None) -> None:
        """What the register says is so today; set before the verdict."""
        self._standing = standing

    def set_verdict(self, verdict: RecordVerdict, stated: StatementJudged | None = None) -> None:
        """``stated`` is the verdict on a statement of standing that was given with the record."""
        self.verdict = verdict
        clear(self._box)
        self._box.addWidget(self._answer(verdict))
        if verdict.stands is not None and verdict.signatures:
            signed = frozenset(finding.field.value for finding in verdict.signatures)
            self._box.addWidget(
                StandsCard(verdict.stands, signed, self._standing, verdict.next_step if verdict.passed else "")
            )
        if stated is not None:
            self._box.addWidget(statement_notice(stated))
        for finding in verdict.signatures:
            self._box.addWidget(_SignatureCard(finding))
        if not verdict.signatures:
            self._box.addWidget(quiet(self.tr("No signature could be read from this file.")))
        if verdict.checked:
            self._box.addWidget(heading(self.tr("What was checked and holds"), 3))
            for line in verdict.checked:
                self._box.addWidget(_point(line))
        if verdict.unchecked:
            self._box.addWidget(heading(self.tr("What could not be checked here"), 3))
            for line in verdict.unchecked:
                self._box.addWidget(_point(line))
        self._box.addWidget(_Policy(verdict.policy, verdict.rules))
        self._box.addWidget(_Facts(verdict))
        self._box.addStretch(1)

    def _answer(self, verdict: RecordVerdict) -> QWidget:
        tone = {"TOTAL-PASSED": Tone.GOOD, "TOTAL-FAILED": Tone.BAD}.get(verdict.indication.value, Tone.WARN)
        title = {
            "TOTAL-PASSED": self.tr("The signatures hold"),
            "TOTAL-FAILED": self.tr("Do not rely on this file"),
        }.get(verdict.indication.value, self.tr("It cannot be said for sure"))
        notice = NoticePanel(title, verdict.sentence, tone)
        code = verdict.indication.value
        if verdict.sub_indication is not None:
            code = f"{code} · {verdict.sub_indication.value}"
        below = quiet(code)
        below.setAccessibleName(self.tr("Indication: {code}").format(code=code))
        # Of signatures that hold it follows from what became of the decision, and stands there.
        following = "" if verdict.passed and verdict.stands is not None else verdict.next_step
        if following:
            notice.words.addWidget(strong(self.tr("What to do next")))
            notice.words.addWidget(Label(following))
        notice.words.addWidget(below)
        return notice


class _SignatureCard(Card):
    def __init__(self, finding: SignatureFinding) -> None:
        super().__init__()
        s = sizes(self)
        top = QHBoxLayout()
        top.setSpacing(s.s)
        top.addWidget(strong(self._office(finding.field.value)), 1)
        top.addWidget(
            Chip(self.tr("Listed key"), Tone.GOOD) if finding.pinned else Chip(self.tr("Unknown key"), Tone.WARN)
        )
        self.box.addLayout(top)
        grid = QGridLayout()
        grid.setHorizontalSpacing(s.m)
        grid.setVerticalSpacing(s.xs)
        grid.setColumnStretch(1, 1)
        name = finding.name or self.tr("Nobody the roster lists")
        person = f"{name} ({finding.person})" if finding.person else name
        key = digest(finding.fingerprint, shown=16)
        rows: list[tuple[str, QWidget]] = [
            (self.tr("Person"), Label(person)),
            (self.tr("Key"), key),
            (self.tr("Signed"), Label(self._when(finding))),
            (self.tr("Level"), Label(self._level(finding))),
        ]
        for number, (label, value) in enumerate(rows):
            said = quiet(label)
            said.setWordWrap(False)
            grid.addWidget(said, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, number, 1)
        self.box.addLayout(grid)

    def _office(self, field: str) -> str:
        return self.tr("Business owner") if field == "OWNER" else field

    def _when(self, finding: SignatureFinding) -> str:
        if finding.timestamp is not None:
            shown = moment_words(finding.timestamp.at)
            if finding.timestamp.trusted:
                return self.tr("{when}, proven by {service}").format(when=shown, service=finding.timestamp.service)
            return self.tr("{when}, says the timestamp service {service}").format(
                when=shown, service=finding.timestamp.service
            )
        if finding.claimed_at is None:
            return self.tr("no time is given")
        return self.tr("{when}, by the signer’s clock").format(when=moment_words(finding.claimed_at))

    def _level(self, finding: SignatureFinding) -> str:
        if finding.timestamp is not None:
            return self.tr("PAdES {level}: with a timestamp").format(level=finding.level)
        return self.tr("PAdES {level}: without a timestamp").format(level=finding.level)


class _Policy(QWidget):
    def __init__(self, name: str, rules: str) -> None:
        super().__init__()
        column = bare_column(self, sizes(self).xs)
        self.fold = own_size_button(self.tr("Show by which rules"), role="link")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._on_fold)
        self._text = Label("")
        self._text.setVisible(False)
        self._name, self._rules = name, rules
        column.addWidget(self.fold)
        column.addWidget(self._text)

    def _on_fold(self, shown: bool) -> None:
        self._text.setText(self.tr("{name}. {rules}").format(name=self._name, rules=self._rules))
        self._text.setVisible(shown)
        self.fold.setText(self.tr("Hide the rules") if shown else self.tr("Show by which rules"))


class _Facts(QWidget):
    def __init__(self, verdict: RecordVerdict) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        lines = [(self.tr("SHA-256"), verdict.sha256), (self.tr("Base"), verdict.base_sha256)]
        lines.append((self.tr("Claims to be of"), verdict.organisation))
        for number, (label, value) in enumerate((label, value) for label, value in lines if value):
            grid.addWidget(quiet(label), number, 0)
            grid.addWidget(digest(value, shown=24), number, 1)


def _point(text: str) -> Label:
    label = Label(f"✓  {text}")
    label.setAccessibleName(text)
    return label
