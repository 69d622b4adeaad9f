"""Setting up an organisation: own key, the enrolments of the others, their roles, version 1, and who endorses it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy, QWidget

from intake.domain.base.directions import isolated
from intake.domain.base.refusals import Refusal
from intake.domain.base.words import spoken
from intake.domain.organisation.roster import Role
from ui.context import Context
from ui.exchange.access_words import reading_name, reading_sentence
from ui.exchange.delivery_line import DeliveryLine
from ui.exchange.work import export
from ui.guide.sheet import GuideView
from ui.jobs import JobHandle, JobLane
from ui.signing_job import SigningFlow
from ui.start.first_roster import FirstStep
from ui.start.key_steps import KeyStep
from ui.start.people_list import PeopleList
from ui.start.step import SetupStep, StepState
from ui.start.work import BroughtIn, FirstStepsState, found_organisation, import_files
from ui.texts import filled
from ui.theme import Tone
from ui.widgets.dialogs import show_refusal
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import quiet
from ui.widgets.panels import NoticePanel, action_button, own_size_button
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.signing import SigningDialog
from ui.widgets.signing_sheet import SignedLine, Subject
from ui.widgets.words_label import WordsLabel
from ui.words.cases import role_words

ROLES = "start/roles"
NAME = "start/organisation"
EXCHANGE = "start/exchange"


class FoundView(GuideView):
    """``moved`` comes whenever something was stored."""

    moved = Signal()

    def __init__(self, context: Context, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._standing: FirstStepsState | None = None
        self._dialog: SigningDialog | None = None
        self._target = Path()
        self.key = KeyStep(context, 1)
        self.key.moved.connect(self.moved)
        self.key.form.complained.connect(self._on_complained)
        self.people = PeopleStep(2)
        self.people.files.connect(self.import_files)
        self.people.roles_changed.connect(self._on_roles)
        self.first = FirstStep(3)
        self.first.name.changed.connect(self._on_name)
        self.first.write.clicked.connect(self.sign_first)
        self.endorsing = EndorsingStep(4, actions)
        self.endorsing.export.clicked.connect(self._on_export)
        self.endorsing.files.connect(self.import_files)
        for step in (self.key, self.people, self.first, self.endorsing):
            self.box.addWidget(step)
        self.delivery = DeliveryLine(context, "")
        self.box.addWidget(self.delivery)
        self.working = ProgressPanel()
        self.box.addWidget(self.working)
        self.trouble = NoticePanel("", tone=Tone.WARN)
        self.trouble.setVisible(False)
        self.box.addWidget(self.trouble)
        self.box.addStretch(1)
        self.first.name.set_value(context.settings.text(NAME))
        self.first.choose(context.settings.text(EXCHANGE))
        self.first.exchange.changed.connect(self._on_exchange)

    def follow(self, standing: FirstStepsState) -> None:
        self._standing = standing
        self.key.follow(standing)
        self.people.follow(standing, self._roles(standing))
        self._check()
        self.endorsing.follow(standing)

    def focus_first(self) -> None:
        steps: tuple[SetupStep, ...] = (self.key, self.people, self.first, self.endorsing)
        for step in steps:
            if step.progress is StepState.NOW:
                step.focus_first()
                self.lead_to(step)
                return
        self.endorsing.focus_main()

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import enrolments, endorsements or packages that were sent."""
        self.trouble.setVisible(False)
        handle = self._context.run(JobLane.EXCHANGE, import_files, tuple(paths), owner=self)
        handle.done.connect(self._on_taken)
        handle.refused.connect(self._on_not_taken)
        self.working.follow(handle, self.tr("Importing what was sent"))

    def sign_first(self) -> None:
        """Show exactly who is listed as what, and sign version 1."""
        standing = self._standing
        if standing is None or standing.mine is None:
            return
        roles = self.people.list.roles()
        reading = self.first.reading
        lines = [
            SignedLine(self.tr("Organisation"), self.first.name.value() or ""),
            SignedLine(self.tr("Exchange"), f"{reading_name(reading)}. {reading_sentence(reading)}"),
        ]
        for item in standing.enrolments:
            if roles.get(item.act):
                words = ", ".join(role_words(role) for role in roles[item.act])
                lines.append(SignedLine(isolated(item.name), f"{item.person}: {words}"))
                lines.append(SignedLine(self.tr("Key in words"), spoken(item.fingerprint)))
        subject = Subject(
            title=self.tr("Write the first roster"),
            consequence=self.tr(
                "Its digest becomes the organisation’s permanent name. It counts when every administrator on it has "
                "endorsed it."
            ),
            signer=standing.mine.name,
            fingerprint=standing.key,
            lines=tuple(lines),
            button=self.tr("Sign version 1"),
            attestations=(self.tr("I have compared each person’s ten words with them"),),
        )
        people = tuple((act, given) for act, given in roles.items() if given)
        signing = self._sign(subject, found_organisation, self.first.name.value() or "", people, reading)
        signing.done.connect(self._on_signed)

    def export_to(self, name: str) -> None:
        """Ask for the passphrase and write the package for the others."""
        standing = self._standing
        if standing is None or standing.mine is None:
            return
        self._target = Path(name)
        subject = Subject(
            title=self.tr("Export a package"),
            consequence=self.tr("It holds everything here. Your signature says that it is complete."),
            signer=standing.mine.name,
            fingerprint=standing.key,
            lines=(
                SignedLine(self.tr("File"), self._target.name),
                SignedLine(self.tr("Organisation"), standing.organisation),
                SignedLine(self.tr("In words"), standing.org_words),
            ),
            button=self.tr("Sign and export"),
        )
        signing = self._sign(subject, export, self._target)
        signing.started.connect(self._on_exporting)
        signing.done.connect(self._on_exported)

    def _sign(self, subject: Subject, function: Callable[..., object], *args: object) -> SigningFlow:
        signing = SigningFlow(self._context, subject, JobLane.EXCHANGE, function, *args, parent=self)
        self._dialog = signing.dialog
        return signing

    def _on_exporting(self, handle: JobHandle[Any]) -> None:
        self.working.follow(handle, self.tr("Exporting the package"))

    def _on_not_taken(self, refusal: Refusal) -> None:
        # One of several: the others were imported.
        self.moved.emit()
        self._on_refused(refusal)

    def _on_refused(self, refusal: Refusal) -> None:
        show_refusal(refusal, self)

    def _on_signed(self, _: object) -> None:
        self.moved.emit()

    def _on_exported(self, path: object) -> None:
        name = Path(str(path)).name
        self._context.say(filled(self.tr("Exported as {name}"), name=name))
        self.endorsing.where.setText(filled(self.tr("Saved as {name}. Hand it to the others."), name=name))
        # What is in the file is handed out by it, here as with every other package.
        self.moved.emit()

    def _on_taken(self, said: object) -> None:
        if isinstance(said, BroughtIn):
            if said.said:
                self._context.say(" ".join(said.said))
            self.trouble.setVisible(bool(said.refused))
            lines = [f"{refusal.what_happened} {refusal.next_step}" for refusal in said.refused]
            self.trouble.set_words(self.tr("%Ln files were not imported", "", len(lines)), "\n".join(lines))
        self.moved.emit()

    def _on_complained(self) -> None:
        self.lead_to(self.key.form)

    def _on_name(self) -> None:
        self._context.settings.set_text(NAME, self.first.name.value() or "")
        self._check()

    def _on_exchange(self) -> None:
        self._context.settings.set_text(EXCHANGE, self.first.reading.value)

    def _on_roles(self) -> None:
        given = {act: [role.value for role in roles] for act, roles in self.people.list.roles().items()}
        self._context.settings.set_text(ROLES, json.dumps(given))
        self._check()

    def _roles(self, standing: FirstStepsState) -> dict[str, tuple[Role, ...]]:
        """What was ticked before; the person who sets the organisation up administers it to begin with."""
        try:
            stored = json.loads(self._context.settings.text(ROLES, "{}"))
            kept = {str(act): tuple(Role(role) for role in roles) for act, roles in stored.items()}
        except (ValueError, AttributeError, TypeError, RecursionError):
            kept = {}
        if standing.mine is not None and standing.mine.act not in kept:
            kept[standing.mine.act] = (Role.ADMINISTRATOR,)
        return kept

    def _check(self) -> None:
        if self._standing is not None:
            self.first.follow(self._standing, self.people.list.roles())

    def _on_export(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Export a package"), folder, self.tr("Packages (*.countersign)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("countersign")
        dialog.selectFile(self.tr("first roster.countersign"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()


class PeopleStep(SetupStep):
    files = Signal(object)
    roles_changed = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(number, parent)
        self.set_words(
            self.tr("The others"),
            self.tr(
                "Ask each person to start Countersign, to choose “Join an organisation”, to make a key and to send you the "
                "enrolment file that is saved there. Compare the ten words with each of them by "
                "voice, then give roles. At least two administrators are needed, so that nobody changes the roster alone."
            ),
        )
        self.list = PeopleList()
        self.list.changed.connect(self.roles_changed)
        self.body.addWidget(self.list)
        self.add = own_size_button(self.tr("Add enrolment files…"))
        self.add.clicked.connect(self._on_add)
        self.body.addWidget(self.add)

    def follow(self, standing: FirstStepsState, roles: dict[str, tuple[Role, ...]]) -> None:
        self.list.set_people(standing.enrolments, roles)
        if standing.org:
            named = ", ".join(item.name for item in standing.enrolments)
            self.set_progress(StepState.DONE, named)
        else:
            self.set_progress(StepState.NOW if standing.mine is not None else StepState.LATER)

    def _on_add(self) -> None:
        choose_files(
            self, self.tr("Add enrolment files"), self.tr("Signed acts (*.p7m);;All files (*)"), self._on_selected
        )

    def _on_selected(self, names: Sequence[str]) -> None:
        self.files.emit(tuple(Path(name) for name in names))


class EndorsingStep(SetupStep):
    files = Signal(object)

    def __init__(self, number: int, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(number, parent)
        self.set_words(
            self.tr("Endorsed by every administrator"),
            self.tr(
                "Send the package to everybody. The other administrators join with it, endorse the roster and send "
                "back a package of theirs, or you meet in the exchange folder."
            ),
        )
        self.body.addWidget(quiet(self.tr("Your organisation in words: read them to everybody who joins")))
        self.words = WordsLabel()
        self.body.addWidget(self.words)
        self.waits = NoticePanel("", tone=Tone.INFO)
        self.body.addWidget(self.waits)
        line = FlowLayout(self)
        self.export = QPushButton(self.tr("Export a package for them…"))
        self.fetch = QPushButton(self.tr("Import what they sent…"))
        for button in (self.export, self.fetch):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            line.addWidget(button)
        self.fetch.clicked.connect(self._on_fetch)
        self.where = quiet("")
        self.body.addLayout(line)
        self.body.addWidget(self.where)
        last = FlowLayout(self)
        self._actions = [action_button(action, primary=order == 0) for order, action in enumerate(actions)]
        for button in self._actions:
            last.addWidget(button)
        self.body.addLayout(last)

    def follow(self, standing: FirstStepsState) -> None:
        self.words.set_words(standing.org_words)
        for button in self._actions:
            button.setVisible(standing.founded)
        if standing.founded:
            self.waits.set_words(
                filled(self.tr("“{name}” is founded"), name=standing.organisation),
                self.tr("Every administrator has endorsed its roster. Everybody it lists can sign."),
                Tone.GOOD,
            )
            self.set_progress(StepState.DONE, keep_open=True)
        elif standing.org:
            self.waits.set_words(
                filled(self.tr("Still to endorse: {names}"), names=", ".join(map(isolated, standing.missing))),
                filled(self.tr("Endorsed already: {names}"), names=", ".join(map(isolated, standing.signed))),
                Tone.INFO,
            )
            self.set_progress(StepState.NOW)
        else:
            self.set_progress(StepState.LATER)

    def _on_fetch(self) -> None:
        kinds = self.tr("Packages and acts (*.countersign *.p7m);;All files (*)")
        choose_files(self, self.tr("Import what they sent"), kinds, self._on_selected)

    def _on_selected(self, names: Sequence[str]) -> None:
        self.files.emit(tuple(Path(name) for name in names))


def choose_files(parent: QWidget, title: str, kinds: str, then: object) -> None:
    """Ask for files without blocking; ``then`` is a bound method that takes their names."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(then)
    dialog.open()
