"""Check your answers: everything as it would be signed, a Change link beside each, and what deserves a second look.

The answers themselves are in ``answers``; here is what is said above and below them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.playbook.answer_checks import AnswerProblem
from ui.guide.answer.answer_notes import doubt_notes
from ui.guide.answer.unasked_answers import KeptNotice
from ui.guide.check.answers import CheckedAnswers
from ui.guide.check.differences import DifferencesPart
from ui.guide.check.news import NewsPanel
from ui.guide.check.since import SinceChange
from ui.guide.live.live import LivePanel
from ui.guide.sheet import GuideView, walk
from ui.guide.shown import ShownDraft, worded
from ui.theme import Tone
from ui.widgets.boxes import ButtonRow
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.links import LinkButton
from ui.widgets.notes import Notes
from ui.widgets.panels import ActionButton, NoticePanel, action_button


class CheckView(QWidget):
    """``change`` carries the question to go to."""

    change = Signal(str)
    back = Signal()

    def __init__(self, sign: QAction, enrol: QAction, copy: QAction, parent: QWidget | None = None) -> None:
        """``sign`` signs and files, ``enrol`` leads to the first steps, ``copy`` saves the answers as PDF."""
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.sheet = GuideView()
        outer.addWidget(self.sheet, 1)
        self._add_top()
        self.answers = CheckedAnswers(self)
        self.answers.change.connect(self.change)
        self.answers.grown.connect(self._walk)
        self.answers.unfolded.connect(self.focus_question)
        self.sheet.box.addWidget(self.answers.sheet)
        self.listed = NoticePanel("", tone=Tone.INFO, action=enrol)
        self.sheet.box.addWidget(self.listed)
        self._add_buttons(sign, copy)
        self.sheet.box.addStretch(1)
        # Outside the sheet: it is seen beside the changed answer, wherever that is.
        self.since = SinceChange()
        self.since.followed.connect(self._on_since)
        outer.addWidget(self.since)
        self.answers.grown.connect(self._stay)
        self._row = ""
        self._shown: ShownDraft | None = None

    @property
    def complete(self) -> bool:
        """Whether every answer is on the page."""
        return self.answers.complete

    def follow(self, shown: ShownDraft, sure: frozenset[str] = frozenset()) -> None:
        """``sure`` are the questions whose carried answers were confirmed on this visit."""
        self._shown = shown
        self.since.look(shown)
        confirmed = self.news.seen_button.hasFocus()
        self.news.follow(shown)
        self.summary.set_errors({})
        self.doubts.set_notes(doubt_notes(shown))
        self.kept.say(shown, shown.hidden)
        self.differences.follow(shown)
        self.live.follow(shown)
        self._say_missing(shown)
        self._say_thin(len({hint.question for hint in shown.hints if not hint.on_paper}))
        self._say_on_paper(shown)
        self._say_listed(listed=shown.opened.me.listed)
        self.answers.follow(shown, sure)
        if confirmed and self.news.news is None:
            self.focus_first()

    def holds(self, shown: ShownDraft) -> bool:
        """Whether something known keeps the draft from being signed; it is brought into sight then."""
        if shown.opened.news is not None:
            self.focus_first()
        elif shown.guide.wrong:
            self.show_problems(shown.guide.wrong)
        elif shown.problems:
            self.focus_question(shown.problems[0].question)
        elif not shown.opened.me.listed:
            self.sheet.bring(self.listed)
        else:
            return False
        return True

    def show_problems(self, problems: Sequence[AnswerProblem]) -> None:
        """What keeps the draft from being filed, in the words that are shown at each answer."""
        self.summary.set_errors({found.question: found.text for found in problems})
        # Now each is named, with a link to it.
        self.missing.setVisible(False)
        self.sheet.to_top()

    def focus_first(self) -> None:
        """At the top, where the page begins: with large letters the first answer would be out of sight."""
        self._row = ""
        self.since.hide()
        self.sheet.to_top()
        first = self.first_missing if not self.missing.isHidden() else self.live.fold
        first = first if self.news.isHidden() else self.news.look
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_question(self, name: str) -> None:
        """To the row of a question, as somebody comes back to it; what the change brought elsewhere is said."""
        self._row = name
        self.since.say()
        asked = self._shown is not None and name in {question.id for question in self._shown.guide.known.shown}
        if asked:
            row = self.answers.row(name)
            self.sheet.bring(row)
            row.focus_work()

    def go_on(self, confirmed: Sequence[str]) -> None:
        """The keyboard goes on from what was just confirmed to the next answer to check, or to signing."""
        following = self.answers.next_to_check(confirmed[-1]) if confirmed else ""
        if following:
            self.focus_question(following)
        else:
            self.sign_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stay(self) -> None:
        """While the page grows around it, the row that somebody came back to stays in sight."""
        if self._row and self.complete and self.answers.row(self._row).button.hasFocus():
            self.sheet.bring(self.answers.row(self._row))

    def _on_since(self) -> None:
        self.since.hide()
        self.sheet.to_top()
        if self.doubts.links:
            self.doubts.links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_top(self) -> None:
        box = self.sheet.box
        self.news = NewsPanel()
        box.addWidget(self.news)
        self.summary = ErrorSummary()
        self.summary.chosen.connect(self.change)
        box.addWidget(self.summary)
        self.missing = NoticePanel("", tone=Tone.WARN)
        self.first_missing = LinkButton(
            "", self.tr("Show the first"), name=self.tr("Show the first answer that is missing or to be checked")
        )
        self.first_missing.followed.connect(self.focus_question)
        self.missing.words.addWidget(self.first_missing, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.missing)
        self.live = LivePanel(folding=True)
        self.live.followed.connect(self.change)
        box.addWidget(self.live)
        self.doubts = Notes()
        self.doubts.followed.connect(self.change)
        box.addWidget(self.doubts)
        self.thin = NoticePanel("", tone=Tone.WARN)
        box.addWidget(self.thin)
        self.on_paper = NoticePanel("", tone=Tone.WARN)
        box.addWidget(self.on_paper)
        self.kept = KeptNotice()
        box.addWidget(self.kept)
        self.differences = DifferencesPart()
        self.differences.followed.connect(self.change)
        box.addWidget(self.differences)

    def _add_buttons(self, sign: QAction, copy: QAction) -> None:
        self.sign_button = action_button(sign, primary=True)
        self.copy_button = action_button(copy)
        self._back = LinkButton("", self.tr("Back to all parts"))
        self._back.clicked.connect(self.back)
        self.sheet.box.addWidget(ButtonRow(self.sign_button, self.copy_button, self._back))

    def _walk(self) -> None:
        """Tab goes down the page, whatever was made when."""
        stops: list[QWidget] = [
            self.news.look,
            self.news.seen_button,
            self.summary,
            self.first_missing,
            *self.live.stops,
            *self.doubts.links,
            self.kept.see,
        ]
        walk(
            *stops,
            *self.answers.stops(),
            *self.listed.findChildren(ActionButton),
            self.sign_button,
            self.copy_button,
            self._back,
        )

    def _say_missing(self, shown: ShownDraft) -> None:
        """Known before somebody tries to sign, and not only then."""
        wrong, to_check = shown.guide.wrong, shown.guide.to_check
        to_choose = len(shown.guide.to_choose)
        to_confirm = len(to_check) - to_choose
        self.missing.setVisible(bool(shown.problems))
        if not shown.problems:
            return
        self.first_missing.key = wrong[0].question if wrong else to_check[0].id
        title = [
            *([self.tr("%Ln answers are still to be given", "", len(wrong))] if wrong else []),
            *([self.tr("%Ln answers are to be chosen", "", to_choose)] if to_choose else []),
            *([self.tr("%Ln answers are to be checked", "", to_confirm)] if to_confirm else []),
        ]
        text = [
            *([self.tr("What is missing is marked below with what to do.")] if wrong else []),
            *([self.tr("Choose where the competing revisions differ.")] if to_choose else []),
            *([self.tr("Confirm each answer where it stands, or all of a part below it.")] if to_confirm else []),
        ]
        self.missing.set_words(" · ".join(title), " ".join((*text, self.tr("Then you can sign and file."))))

    def _say_thin(self, count: int) -> None:
        self.thin.setVisible(bool(count))
        self.thin.set_words(
            self.tr("Worth a second look: %Ln answers say little", "", count),
            self.tr(
                "They are marked below. You may file all the same; fuller answers save you questions back.", "", count
            ),
        )

    def _say_on_paper(self, shown: ShownDraft) -> None:
        boxes = [hint.question for hint in shown.hints if hint.on_paper]
        self.on_paper.setVisible(bool(boxes))
        self.on_paper.set_words(
            self.tr("%Ln answers cannot be shown whole on paper", "", len(boxes)),
            self.tr(
                "The pages of a record and of a copy show an empty box for characters that cannot be drawn here, in: {answers}. "
                "What you sign holds them exactly."
            ).format(answers=worded(shown, boxes)),
        )

    def _say_listed(self, *, listed: bool) -> None:
        self.listed.setVisible(not listed)
        self.listed.set_words(
            self.tr("Ready to sign when listed"),
            self.tr(
                "The roster does not list you with your key yet. Everything you write is kept; you can sign as soon as "
                "an administrator has listed you."
            ),
        )
