"""Opening what others handed over: one passphrase, asked for by whatever says that something waits (``open-keys``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Context
from ui.exchange.access_watch import KeysTaken, access_watch
from ui.exchange.access_words import handed_why, handed_words
from ui.jobs import JobLane, JobTask
from ui.theme import Tone, sizes
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label
from ui.widgets.panels import NoticePanel
from ui.widgets.passphrase import PassphraseField, SamplePassphrase

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


class KeyFileWithoutReader(Refusal):
    what = "Your key file holds no key that decrypts."
    why = "What is handed to you is encrypted for such a key."
    next = "Make another key in the settings, or bring this file again there: it gets one, and your enrolment says so."


class KeysWereDamaged(Refusal):
    what = "Of the keys that were handed to you, {count} could not be opened."
    why = "They were changed or damaged on their way."
    next = "Ask who reads the use case to give access again."


def open_handed(_: JobTask, session: Session, passphrase: str) -> KeysTaken:
    """Open what was handed over and take in what can be read with it. Raises WrongPassphrase, KeyFileWithoutReader and their kin."""
    from intake.services.exchanging.releasing import open_and_take

    reader = session.signer(passphrase).reader
    if reader is None:
        raise KeyFileWithoutReader
    session.kept.seen()
    return KeysTaken(*open_and_take(session.installation, reader))


class OpenKeysDialog(PlainDialog):
    """Asks for the passphrase, and stays until the keys are open or somebody gives up."""

    CHARS = 70

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(handed_words(access_watch(context).facts.handed), parent, icon="key")
        self.setWindowTitle(self.tr("Open keys"))
        self._context = context
        self._busy = False
        self.setMinimumWidth(min(sizes(self).chars(self.CHARS), 720))
        self.problem = NoticePanel("", tone=Tone.BAD)
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)
        self.body.addWidget(Label(handed_why()))
        label = QLabel(self.tr("&Passphrase of your key"))
        self.passphrase = PassphraseField(self.tr("Passphrase of your key"))
        label.setBuddy(self.passphrase.line)
        self.body.addWidget(label)
        self.body.addWidget(self.passphrase)
        self.sample: SamplePassphrase | None = None
        if context.sample:
            self.sample = SamplePassphrase(context.sample, self.passphrase)
            self.body.addWidget(self.sample)
        self.body.addStretch(1)
        self.cancel = self.add_button(self.tr("Not now"), QDialogButtonBox.ButtonRole.RejectRole)
        self.open_button = self.add_button(
            self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary", name=self.tr("Open the keys")
        )
        self.open_button.setDefault(True)
        self.passphrase.setFocus()

    def accept(self) -> None:
        if self._busy:
            return
        if not self.passphrase.text():
            self.problem.set_words(self.tr("Enter the passphrase of your key"), "", Tone.WARN)
            self.problem.setVisible(True)
            self.passphrase.setFocus()
            return
        self._offer(busy=True)
        self.problem.setVisible(False)
        handle = self._context.run(JobLane.KEYS, open_handed, self.passphrase.text(), owner=self, certain=True)
        handle.done.connect(self._on_done)
        handle.refused.connect(self._on_refused)
        handle.failed.connect(self._on_failed)

    def reject(self) -> None:
        # Closing does not stop the job: what it opens is kept.
        if not self._busy:
            self.passphrase.clear()
            super().reject()

    def _offer(self, *, busy: bool) -> None:
        self._busy = busy
        self.open_button.setText(self.tr("Opening…") if busy else self.tr("Open"))
        for widget in (self.passphrase, self.cancel, self.open_button, *([self.sample] if self.sample else [])):
            widget.setEnabled(not busy)

    def _on_done(self, opened: KeysTaken) -> None:
        self._offer(busy=False)
        self.passphrase.clear()
        said = self.tr("%Ln keys opened.", "", opened.keys.keys)
        self._context.say(" ".join((said, *opened.report.summary)))
        access_watch(self._context).took(opened)
        if opened.keys.damaged:
            self._tell(KeysWereDamaged(count=opened.keys.damaged))
            return
        super().accept()

    def _on_refused(self, refusal: Refusal) -> None:
        self._offer(busy=False)
        self.passphrase.clear()
        self._tell(refusal)
        self.passphrase.line.setAccessibleDescription(refusal.sentence)
        self.passphrase.setFocus()

    def _on_failed(self, _: object) -> None:
        # The crash dialog says it.
        self._offer(busy=False)

    def _tell(self, refusal: Refusal) -> None:
        self.problem.tell(refusal, Tone.BAD)
