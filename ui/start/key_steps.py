"""The two steps everybody takes: their own key, and the enrolment that asks to be listed with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Context
from ui.jobs import JobLane
from ui.newest import Newest
from ui.on_paper import said_on_paper
from ui.start.key_form import KeyForm, KeyWanted
from ui.start.step import SetupStep, StepState
from ui.start.work import FirstStepsState, enrol, make_key, save_enrolment
from ui.theme import Tone, sizes
from ui.widgets.labels import Label, quiet
from ui.widgets.panels import own_size_button
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.words_label import WordsLabel


class KeyStep(SetupStep):
    """``moved`` comes when the key is made and the enrolment signed."""

    moved = Signal()

    def __init__(self, context: Context, number: int, parent: QWidget | None = None) -> None:
        super().__init__(number, parent)
        self.set_words(
            self.tr("Your key"),
            self.tr(
                "You sign with a key that only you have. Countersign makes one, or you bring one; either way you ask "
                "to be listed with it."
            ),
        )
        self._context = context
        self.form = KeyForm()
        self.form.wanted.connect(self._on_wanted)
        self.form.name.changed.connect(self._on_named)
        self.form.unit.changed.connect(self._on_named)
        self.working = ProgressPanel()
        self._paper = Newest(context, said_on_paper, self, quietly=True)
        self._paper.found.connect(self.form.say_paper)
        self.body.addWidget(self.form)
        self.body.addWidget(self.working)

    def follow(self, standing: FirstStepsState) -> None:
        if standing.mine is not None:
            words = self.tr("{name}, {person}").format(name=standing.mine.name, person=standing.mine.person)
            self.set_progress(StepState.DONE, words)
        else:
            self.form.set_existing(standing.person if standing.key else "")
            self.set_progress(StepState.NOW)

    def _on_named(self) -> None:
        named = ((self.tr("Your name"), self.form.name), (self.tr("Your unit"), self.form.unit))
        self._paper.ask(tuple((label, field.value() or "") for label, field in named))

    def _on_wanted(self, wanted: KeyWanted) -> None:
        self.form.set_busy(True)
        handle = self._context.run(JobLane.KEYS, enrol if wanted.existing else make_key, wanted, owner=self)
        self.working.follow(handle, self.tr("Making the key"))
        handle.done.connect(self._on_made)
        handle.refused.connect(self._on_refused)
        handle.finished.connect(self._on_finished)

    def _on_made(self, _: object) -> None:
        self.form.clear_secrets()
        self.moved.emit()

    def _on_refused(self, refusal: Refusal) -> None:
        self.form.set_busy(False)
        self.form.refuse(refusal)

    def _on_finished(self) -> None:
        self.form.set_busy(False)


class EnrolmentStep(SetupStep):
    """The own fingerprint in words, and the file to send to an administrator."""

    saved = Signal(str)

    def __init__(self, context: Context, number: int, parent: QWidget | None = None) -> None:
        super().__init__(number, parent)
        self.set_words(
            self.tr("Ask to be listed"),
            self.tr(
                "Send the file to an administrator. When they have it, read them these ten words, for example on the "
                "telephone: only then they know that the key is yours."
            ),
        )
        self._context = context
        self._person = ""
        self.body.addWidget(quiet(self.tr("Your key in words")))
        self.words = WordsLabel()
        self.body.addWidget(self.words)
        self.note = Label("", tone=Tone.WARN)
        self.body.addWidget(self.note)
        line = QHBoxLayout()
        line.setSpacing(sizes(self).m)
        self.save = own_size_button(self.tr("Save the file to send…"))
        self.save.clicked.connect(self._on_save)
        line.addWidget(self.save)
        self.where = quiet("")
        line.addWidget(self.where, 1)
        self.body.addLayout(line)
        self.address = Label("")
        self.body.addWidget(self.address)

    def follow(self, standing: FirstStepsState, *, saved: bool, return_to: str = "") -> None:
        """``return_to`` is where the invitation says to send the file; empty where it is not known."""
        self.address.setText(self.tr("The invitation says to send it to: {where}").format(where=return_to))
        self.address.setVisible(bool(return_to))
        self._person = standing.person
        self.words.set_words(standing.words)
        self.note.setText(standing.note)
        self.note.setVisible(bool(standing.note))
        if standing.mine is None:
            self.set_progress(StepState.LATER)
        elif standing.mine.waits_for:
            self.set_progress(StepState.DONE, self.tr("The roster that waits lists you."), keep_open=True)
        elif standing.listed:
            self.set_progress(StepState.DONE, self.tr("You are listed."))
        else:
            # The words are needed until somebody has compared them.
            self.set_progress(StepState.DONE if saved else StepState.NOW, keep_open=True)

    def _on_save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Save the file to send"), folder, self.tr("Signed acts (*.p7m)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("p7m")
        dialog.selectFile(self.tr("{person} enrolment.p7m").format(person=self._person))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Save the enrolment under this name."""
        handle = self._context.run(JobLane.REGISTER, save_enrolment, Path(name), owner=self)
        handle.done.connect(self._on_saved)

    def _on_saved(self, path: object) -> None:
        name = Path(str(path)).name
        self.where.setText(self.tr("Saved as {name}. Send it now.").format(name=name))
        self.saved.emit(str(path))
