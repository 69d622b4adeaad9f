"""Two or more revisions of a use case side by side: what differs, who signed each and when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from intake.domain.base import wording
from intake.domain.base.refusals import Refusal
from ui.compare import work
from ui.compare.target import CompareTarget
from ui.compare.work import ComparisonShown
from ui.context import Changes, Context
from ui.guide.stops import GuideStop, View
from ui.guide.work import begin_revision
from ui.jobs import JobLane
from ui.page import Page
from ui.theme import Tone, sizes
from ui.widgets.answers_beside_sheet import AnswersBesideSheet
from ui.widgets.boxes import bare_column, clear
from ui.widgets.decision_facts import FactGrid
from ui.widgets.fields import Choice, PickField
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Card, EmptyState, NoticePanel, action_button
from ui.words.revisions import dated, revision_names, revision_words


class ComparePage(Page):
    """Shown by ``context.go("compare", CompareTarget(case))``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._target: CompareTarget | None = None
        self._shown: ComparisonShown | None = None
        self.choose = self.add_action(
            self.tr("&Choose the answers"),
            self._on_choose,
            "Ctrl+Return",
            tip=self.tr("Begin or go on with the draft that takes the place of these revisions"),
        )
        self.case = self.add_action(self.tr("&Open the use case"), self._on_case, "Ctrl+Shift+O", button=True)
        self.waiting = EmptyState(self.tr("Reading the revisions…"), "")
        self.body.addWidget(self.waiting)
        # A widget: what is made late in it is read before the answers below it.
        self.body.addWidget(facts := QWidget())
        self._facts = bare_column(facts, sizes(self).l)
        self.differ = heading("", 2)
        self.differ.hide()
        self.body.addWidget(self.differ)
        self.sheet = AnswersBesideSheet()
        self.body.addWidget(self.sheet)
        self.body.addStretch(1)
        self.pickers: tuple[PickField, ...] = ()
        self._enable()

    def title(self) -> str:
        return self.tr("Compare revisions")

    def activated(self, argument: object) -> None:
        if isinstance(argument, CompareTarget):
            if argument != self._target:
                self._shown = None
                self.waiting.title.setText(self.tr("Reading the revisions…"))
                self.waiting.text.setText("")
                self._show_nothing()
            self._target = argument
        self._load()

    def refresh(self, changes: Changes) -> None:
        if self._target is not None and changes.concern(self._target.case):
            self._load()

    def _load(self) -> None:
        target = self._target
        if target is None:
            return
        handle = self.context.run(JobLane.REGISTER, work.read, target.case, target.revisions, owner=self)
        handle.done.connect(self._show)
        handle.refused.connect(self._on_unreadable)

    def _on_unreadable(self, refusal: Refusal) -> None:
        self._show_nothing()
        self.waiting.tell(refusal)

    def _show_nothing(self) -> None:
        clear(self._facts)
        self.pickers = ()
        self.differ.hide()
        self.sheet.show_rows((), (), ())
        self.sheet.hide()
        self.waiting.setVisible(True)
        self.set_lead("")
        self._enable()

    def _show(self, shown: ComparisonShown) -> None:
        found = shown.found
        if self._target is None or found.case != self._target.case or shown == self._shown:
            return
        self._shown = shown
        self.waiting.setVisible(False)
        self.set_lead(f"{found.reference} · {found.title}")
        clear(self._facts)
        if found.competing:
            self._facts.addWidget(self._competing(shown))
        self._facts.addWidget(self._sides(shown))
        if found.facts:
            card = Card(title=self.tr("Besides the answers"))
            names = revision_names(found.sides)
            for item in found.facts:
                pairs = zip(names, item.said, strict=True)
                card.box.addWidget(Label(wording.shown(item.label)))
                card.box.addWidget(FactGrid((name, Label(wording.shown(value) or "–")) for name, value in pairs))
            self._facts.addWidget(card)
        self.differ.setText(self.tr("%Ln answers differ", "", len(found.rows)))
        self.differ.show()
        self.sheet.show()
        self.sheet.show_rows(found.rows, found.same, revision_names(found.sides))
        self._enable()

    def _competing(self, shown: ComparisonShown) -> NoticePanel:
        title = self.tr("%Ln revisions compete", "", len(shown.found.sides))
        text = self.tr(
            "They were filed apart from each other. Nothing can be approved before the owner has joined them."
        )
        if shown.may_choose:
            text = self.tr(
                "They were filed apart from each other. Choose one answer each; what you file takes the place of all of them."
            )
        notice = NoticePanel(title, text, Tone.WARN)
        if shown.may_choose:
            notice.words.addWidget(action_button(self.choose, primary=True), 0, Qt.AlignmentFlag.AlignLeft)
        return notice

    def _sides(self, shown: ComparisonShown) -> Card:
        """Which revisions these are; any two others can be picked."""
        found = shown.found
        card = Card(title=self.tr("What is compared"))
        if len(found.sides) != 2 or len(found.every) == 2:
            for side in found.sides:
                card.box.addWidget(Label(revision_words(side)))
            self.pickers = ()
            return card
        # Who signed is below: a name may be too long for a line that cannot wrap.
        names = zip(found.every, revision_names(found.every), strict=True)
        choices = [Choice(item.id, dated(name, item)) for item, name in names]
        self.pickers = (PickField(choices), PickField(choices))
        for number, (picker, side) in enumerate(zip(self.pickers, found.sides, strict=True)):
            picker.set_value(side.id)
            picker.name(self.tr("Revision to compare") if not number else self.tr("Compare it with"), "")
            picker.changed.connect(self._on_picked)
            card.box.addWidget(picker)
            card.box.addWidget(quiet(revision_words(side)))
        return card

    def _on_picked(self) -> None:
        shown = self._shown
        if shown is None:
            return
        wanted = tuple(name for picker in self.pickers if (name := picker.value()) is not None)
        if len(set(wanted)) == 2 and set(wanted) != {side.id for side in shown.found.sides}:
            self.context.go("compare", CompareTarget(shown.found.case, wanted))

    def _on_choose(self) -> None:
        if self._shown is not None and self._shown.may_choose:
            handle = self.context.run(JobLane.REGISTER, begin_revision, self._shown.found.case, owner=self)
            handle.done.connect(self._on_begun)

    def _on_begun(self, draft: object) -> None:
        self.context.tell(Changes(drafts=frozenset({str(draft)})))
        self.context.go("guide", GuideStop(str(draft), View.CHOOSE))

    def _on_case(self) -> None:
        if self._target is not None:
            self.context.go("case", self._target.case)

    def _enable(self) -> None:
        self.choose.setEnabled(self._shown is not None and self._shown.may_choose)
        self.case.setEnabled(self._target is not None)
