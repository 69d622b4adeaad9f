"""Joining an organisation: it is recognised by its words before it is joined; then the own key, and the enrolment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Context
from ui.exchange.delivery_line import DeliveryLine
from ui.guide.sheet import GuideView
from ui.jobs import JobLane
from ui.start.key_steps import EnrolmentStep, KeyStep
from ui.start.step import SetupStep, StepState
from ui.start.work import FirstStepsState, OrganisationsFound, find_organisations, join
from ui.theme import Tone, sizes
from ui.widgets.blocks import Facts
from ui.widgets.boxes import bare_column
from ui.widgets.fields import Choice, ChoiceField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import quiet
from ui.widgets.options import check_box
from ui.widgets.panels import NoticePanel, action_button, own_size_button
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.words_label import WordsLabel

if TYPE_CHECKING:
    pass

SAVED = "start/enrolment-saved"
RETURN_TO = "start/return-to"
"""The preference that keeps where the invitation, by which somebody joined, says to send the enrolment."""


class JoinView(GuideView):
    """``moved`` comes whenever something was stored."""

    moved = Signal()

    def __init__(self, context: Context, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        """``actions`` lead on from the last step: a new use case, the people page."""
        super().__init__(parent)
        self._context = context
        self.organisation = OrganisationStep(context, 1)
        self.organisation.moved.connect(self.moved)
        self.key = KeyStep(context, 2)
        self.key.moved.connect(self.moved)
        self.key.form.complained.connect(self._on_complained)
        self.enrolment = EnrolmentStep(context, 3)
        self.enrolment.saved.connect(self._on_saved)
        self.listed = ListedStep(4, actions)
        self._steps: tuple[SetupStep, ...] = (self.organisation, self.key, self.enrolment, self.listed)
        for step in self._steps:
            self.box.addWidget(step)
        self.delivery = DeliveryLine(context, "")
        self.box.addWidget(self.delivery)
        self.box.addStretch(1)

    def follow(self, standing: FirstStepsState) -> None:
        saved = self._context.settings.text(SAVED) == standing.key != ""
        self.organisation.follow(standing)
        self.key.follow(standing)
        self.enrolment.follow(standing, saved=saved, return_to=self._context.settings.text(RETURN_TO))
        self.listed.follow(standing)
        self._key = standing.key

    def focus_first(self) -> None:
        for step in self._steps:
            if step.progress is StepState.NOW:
                step.focus_first()
                self.lead_to(step)
                return
        self.listed.focus_main()

    def _on_complained(self) -> None:
        self.lead_to(self.key.form)

    def _on_saved(self, _: str) -> None:
        self._context.settings.set_text(SAVED, self._key)
        self.moved.emit()


class OrganisationStep(SetupStep):
    """A folder or a package is looked into; what is found there is shown in words and joined only after comparing."""

    moved = Signal()

    def __init__(self, context: Context, number: int, parent: QWidget | None = None) -> None:
        super().__init__(number, parent)
        self.set_words(
            self.tr("Join the organisation"),
            self.tr(
                "Choose the invitation an administrator sent you, another package, or the exchange folder; a file can "
                "also be dropped on this window. Then compare its ten words with an administrator by voice, at a number "
                "you know: a false organisation would look just the same. If you have nothing yet, make your key first."
            ),
        )
        self._context = context
        self._found: OrganisationsFound | None = None
        s = sizes(self)
        line = FlowLayout(self)
        self.package = QPushButton(self.tr("Choose the invitation or a package…"))
        self.folder = QPushButton(self.tr("Choose the exchange folder…"))
        for button in (self.package, self.folder):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            line.addWidget(button)
        self.folder.clicked.connect(self._on_folder)
        self.package.clicked.connect(self._on_package)
        self.body.addLayout(line)
        self.trouble = NoticePanel("", tone=Tone.WARN)
        self.trouble.setVisible(False)
        self.body.addWidget(self.trouble)
        self._sheet = QWidget()
        self.body.addWidget(self._sheet)
        inside = self._inside = bare_column(self._sheet, s.m)
        self._says = quiet("")
        inside.addWidget(self._says)
        self.words = WordsLabel()
        inside.addWidget(self.words)
        self._place = QVBoxLayout()
        inside.addLayout(self._place)
        self.several: ChoiceField | None = None
        self.compared = check_box(self.tr("An administrator has just read me the same ten words"))
        self.compared.toggled.connect(self._check)
        inside.addWidget(self.compared)
        # The author of the file chose these lines. Nothing of them is to stand beside the words while they are compared.
        self.claims = Facts(())
        inside.addWidget(self.claims)
        self.join = own_size_button(self.tr("Join this organisation"), role="primary")
        self.join.clicked.connect(self._on_join)
        inside.addWidget(self.join)
        self._sheet.setVisible(False)
        self.working = ProgressPanel()
        self.body.addWidget(self.working)
        self._check()

    def follow(self, standing: FirstStepsState) -> None:
        if standing.org:
            name = standing.organisation or self.tr("The organisation")
            words = self.tr("{name}, in words: {words}").format(name=name, words=standing.org_words)
            self.set_progress(StepState.DONE, words)
        else:
            self.set_progress(StepState.NOW)

    def look_into(self, path: Path) -> None:
        """Look which organisations a folder or a package brings."""
        self.trouble.setVisible(False)
        handle = self._context.run(JobLane.EXCHANGE, find_organisations, path, owner=self)
        handle.done.connect(self._on_found)
        handle.refused.connect(self._on_refused)
        self.working.follow(handle, self.tr("Looking for the organisation"))

    def _on_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the exchange folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog)

    def _on_package(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a package"), "", self.tr("Packages (*.countersign);;All files (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_selected)
        dialog.open()

    def _on_selected(self, names: Sequence[str]) -> None:
        if names:
            self.look_into(Path(names[0]))

    def _on_found(self, found: object) -> None:
        if not isinstance(found, OrganisationsFound):
            return
        self._found = found
        self.compared.setChecked(False)
        one = len(found.organisations) == 1
        self._says.setText(
            self.tr("“{name}” belongs to the organisation with these words").format(name=found.path.name)
            if one
            else self.tr("“{name}” holds several organisations. Choose the one whose words you were told.").format(
                name=found.path.name
            )
        )
        self.words.setVisible(one)
        self.words.set_words(found.organisations[0][1])
        if self.several is not None:
            self._place.removeWidget(self.several)
            self.several.hide()
            self.several.deleteLater()
            self.several = None
        if not one:
            self.several = ChoiceField(tuple(Choice(org, words) for org, words in found.organisations))
            self.several.name(self.tr("The organisation"), "")
            self.several.changed.connect(self._on_other)
            self._place.addWidget(self.several)
        self._sheet.setVisible(True)
        self._check()
        self.compared.setFocus()

    def _on_other(self) -> None:
        """The words that were read are those of one organisation."""
        self.compared.setChecked(False)
        self._check()

    def _claimed(self) -> tuple[tuple[str, str], ...]:
        """What the invitation says, for when its organisation is known to be the right one."""
        invitation = self._found.invitation if self._found else None
        if invitation is None or not self.compared.isChecked():
            return ()
        return (
            (self.tr("Invited by"), invitation.inviter),
            (self.tr("Organisation"), invitation.organisation),
            (self.tr("Send the enrolment to"), invitation.return_to),
        )

    def _on_refused(self, refusal: Refusal) -> None:
        self._sheet.setVisible(False)
        self.trouble.tell(refusal)

    def _chosen(self) -> str:
        if self._found is None:
            return ""
        if self.several is not None:
            return self.several.value() or ""
        return self._found.organisations[0][0]

    def _check(self) -> None:
        self.join.setEnabled(self.compared.isChecked() and bool(self._chosen()))
        claims = Facts(self._claimed())
        self._inside.replaceWidget(self.claims, claims)
        self.claims.deleteLater()
        self.claims = claims

    def _on_join(self) -> None:
        if self._found is None:
            return
        self.join.setEnabled(False)
        invitation = self._found.invitation
        self._context.settings.set_text(RETURN_TO, invitation.return_to if invitation else "")
        handle = self._context.run(JobLane.EXCHANGE, join, self._chosen(), self._found.path, owner=self)
        handle.done.connect(self._on_joined)
        handle.refused.connect(self._on_not_joined)
        self.working.follow(handle, self.tr("Joining the organisation"))

    def _on_joined(self, said: object) -> None:
        if isinstance(said, tuple):
            self._context.say(" ".join(str(sentence) for sentence in said))
        self.moved.emit()

    def _on_not_joined(self, refusal: Refusal) -> None:
        self._on_refused(refusal)
        # What was joined stays joined, also when fetching failed after it.
        self.moved.emit()


class ListedStep(SetupStep):
    """Waiting to be listed is no idle time: everything can be drafted."""

    def __init__(self, number: int, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(number, parent)
        self.set_words(
            self.tr("Be listed by an administrator"),
            self.tr(
                "An administrator lists you, and others endorse it. Until then you can draft everything; you only "
                "cannot sign yet."
            ),
        )
        self.endorse = NoticePanel("", tone=Tone.INFO)
        self.endorse.setVisible(False)
        self.body.addWidget(self.endorse)
        # What waits for somebody is the main thing to do, and else to begin a use case.
        self.look = QAction(self.tr("Look at the roster and endorse it"), self)
        self.look.triggered.connect(actions[-1].trigger)
        self._look = action_button(self.look, primary=True)
        self._look.setVisible(False)
        line = FlowLayout(self)
        line.addWidget(self._look)
        self._actions = [action_button(action, primary=order == 0) for order, action in enumerate(actions)]
        for button in self._actions:
            line.addWidget(button)
        self.body.addLayout(line)

    def follow(self, standing: FirstStepsState) -> None:
        self.endorse.setVisible(bool(standing.to_endorse))
        self._look.setVisible(bool(standing.to_endorse))
        for button in self._actions:
            button.setVisible(not standing.to_endorse)
        self.endorse.set_words(
            self.tr("A version of the roster waits for you"),
            self.tr("You are named as an administrator. It counts when every administrator has endorsed it."),
        )
        if standing.listed and standing.founded:
            self.set_progress(StepState.DONE, self.tr("You are listed and can sign."), keep_open=True)
        elif standing.org and standing.mine is not None:
            self.set_progress(StepState.NOW)
        else:
            # Nobody can be listed with a key that is not made.
            self.set_progress(StepState.LATER)
