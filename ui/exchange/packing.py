"""Writing a package: of everything or of one use case, where to, and the signature that vouches for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from intake.domain.base.refusals import Refusal
from ui import files
from ui.context import Context
from ui.exchange import work
from ui.jobs import JobLane, JobTask
from ui.signing_job import Identity, SigningFlow, identity
from ui.texts import filled
from ui.widgets.dialogs import PlainDialog, show_refusal
from ui.widgets.fields import Choice, ChoiceField, TextField
from ui.widgets.labels import Label, quiet
from ui.widgets.signing_sheet import SignedLine, Subject


def who(_: JobTask, session: object) -> Identity:
    return identity(session)  # type: ignore[arg-type]  # the context hands in a session


class PackDialog(PlainDialog):
    """``wanted`` carries the reference of one use case, or an empty text for everything."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Write a package"), parent)
        self.body.addWidget(
            Label(self.tr("A package is one file with signed acts, for a stick or a message. You sign its contents."))
        )
        self.what = ChoiceField(
            (
                Choice("all", self.tr("Everything here")),
                Choice("one", self.tr("One use case"), self.tr("With the acts of the organisation it needs")),
            )
        )
        self.what.set_value("all")
        self.what.name(self.tr("What to write"), "")
        self.what.changed.connect(self._check)
        self.reference = TextField(placeholder="UC-7KQ2-91MD-4XTB")
        self.reference.name(self.tr("Reference of the use case"), "")
        self.reference.changed.connect(self._check)
        self.body.addWidget(self.what)
        self.body.addWidget(quiet(self.tr("Reference of the use case")))
        self.body.addWidget(self.reference)
        self.body.addStretch(1)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.go_on = self.add_button(self.tr("Continue"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self._check()

    def accept(self) -> None:
        self.wanted.emit((self.reference.value() or "") if self.what.value() == "one" else "")
        super().accept()

    def _check(self) -> None:
        one = self.what.value() == "one"
        self.reference.setEnabled(one)
        self.go_on.setEnabled(not one or bool(self.reference.value()))


class Packing(QObject):
    """One package on its way, from the question to the file."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._case = ("", "", "")
        self._target = Path()

    def begin(self, reference: str = "") -> None:
        """Ask what to write; with a reference or case id, that use case at once."""
        if reference:
            self._find(reference)
            return
        dialog = PackDialog(self._window)
        dialog.wanted.connect(self._on_wanted)
        dialog.open()

    def _on_wanted(self, reference: str) -> None:
        if reference:
            self._find(reference)
        else:
            self._case = ("", "", "")
            self._ask_target()

    def _find(self, reference: str) -> None:
        handle = self._context.run_before_dialog(JobLane.REGISTER, work.find_case, reference, owner=self)
        if handle is not None:
            handle.done.connect(self._on_found)
            handle.refused.connect(self._on_refused)

    def _on_found(self, found: tuple[str, str, str]) -> None:
        self._case = found
        self._ask_target()

    def _on_refused(self, refusal: Refusal) -> None:
        show_refusal(refusal, self._window)

    def _ask_target(self) -> None:
        name = self._case[1] or self.tr("everything")
        files.ask_save(
            self._window,
            self.tr("Where to write the package"),
            f"{name}.countersign",
            self.tr("Packages (*.countersign)"),
            self._on_target,
            suffix="countersign",
        )

    def _on_target(self, path: str) -> None:
        self._target = Path(path)
        handle = self._context.run_before_dialog(JobLane.REGISTER, who, owner=self)
        if handle is not None:
            handle.done.connect(self._sign)

    def _sign(self, me: Identity) -> None:
        case, reference, title = self._case
        what = (
            filled(self.tr("{reference}, {title}"), reference=reference, title=title)
            if case
            else self.tr("Everything here")
        )
        subject = Subject(
            title=self.tr("Sign the package"),
            consequence=self.tr(
                "Your signature says that nothing was left out. The acts in it keep their own signatures."
            ),
            signer=me.name,
            fingerprint=me.fingerprint,
            lines=(SignedLine(self.tr("Contents"), what), SignedLine(self.tr("File"), self._target.name)),
            button=self.tr("Sign and write"),
        )
        signing = SigningFlow(
            self._context, subject, JobLane.EXCHANGE, work.export, self._target, case, parent=self._window
        )
        signing.done.connect(self._on_written)

    def _on_written(self, path: Path) -> None:
        self._context.say(filled(self.tr("Written: {name}"), name=path.name))
