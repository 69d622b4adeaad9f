"""Saving a statement of standing beside a record: what became of it, signed, for people who have nothing but the PDF.

First it is looked what there is to state and whether this person may; then they see it and sign; then they say where it goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.files import write_whole
from ui import files
from ui.context import Context, Readers
from ui.jobs import JobCancelled, JobLane, JobTask
from ui.records.stands_card import standing_title
from ui.signing_job import Identity, SigningFlow, identity
from ui.texts import filled
from ui.widgets.dialogs import show_refusal
from ui.widgets.signing_sheet import SignedLine, Subject

if TYPE_CHECKING:
    from intake.services.deciding.stating import ToState
    from intake.services.installation.workspace import Session

ENDING = "p7m"


@dataclass(frozen=True, slots=True)
class StatementSheet:
    """What somebody is about to state: of which use case, and as whom."""

    what: ToState
    me: Identity
    title: str
    reference: str


def look(task: JobTask, session: Session, readers: Readers, case: str) -> StatementSheet:
    """Raises NotListed or MayNotState before anything else, then what ``stating.to_state`` raises."""
    from intake.services.deciding import stating
    from intake.services.lists import cases
    from intake.services.outside.refusals import ReadingCancelled
    from intake.services.proving.judge import by_register

    installation, me = session.installation, identity(session)
    stating.require_stating(installation, installation.folded(case), me.person, me.fingerprint)
    try:
        what = stating.to_state(installation, case, by_register(readers.get(), task.is_cancelled))
    except ReadingCancelled:
        raise JobCancelled from None
    row = cases.one(installation, case)
    return StatementSheet(what, me, row.title if row else "", row.reference if row else "")


def state(_: JobTask, session: Session, passphrase: str, what: ToState) -> bytes:
    """The signed statement, as a file."""
    from intake.services.deciding import stating

    return stating.state_standing(session.installation, session.signer(passphrase), what).blob


def save(_: JobTask, data: bytes, path: Path) -> Path:
    """Write it, whole or not at all. Raises NotWritten."""
    return write_whole(path, data)


class StatementSaver(QObject):
    """Lives with its page."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._name, self._data = "", b""

    def begin(self, case: str) -> None:
        """Show what would be stated of the record of this use case, and sign and save it."""
        handle = self._context.run_before_dialog(JobLane.PAPER, look, self._context.readers, case, owner=self)
        if handle is not None:
            handle.done.connect(self._ask)
            handle.refused.connect(self._on_refused)

    def _ask(self, sheet: StatementSheet) -> None:
        found, record = sheet.what.found, sheet.what.record.attachment
        self._name = f"{Path(record.name).stem}.standing.{ENDING}"
        lines = [
            SignedLine(self.tr("Use case"), sheet.title),
            SignedLine(self.tr("Reference"), sheet.reference),
            SignedLine(self.tr("Record"), record.name),
            SignedLine(self.tr("SHA-256"), record.sha256),
            SignedLine(self.tr("Standing"), f"{standing_title(found.stands.standing)}. {words(found.said)}"),
            SignedLine(self.tr("As known"), words(found.known)),
        ]
        subject = Subject(
            title=self.tr("Save a statement of standing"),
            consequence=self.tr(
                "Anybody who has the record and this file can tell what became of it without a register. Nothing in the use case "
                "changes, and what comes later is not in it."
            ),
            signer=sheet.me.name,
            fingerprint=sheet.me.fingerprint,
            lines=tuple(lines),
            button=self.tr("Sign and save…"),
        )
        signing = SigningFlow(self._context, subject, JobLane.PAPER, state, sheet.what, parent=self._page)
        signing.done.connect(self._on_signed)

    def _on_signed(self, data: bytes) -> None:
        self._data = data
        files.ask_save(
            self._page,
            self.tr("Save the statement beside the record"),
            self._name,
            self.tr("Statements of standing (*.p7m)"),
            self._save,
            suffix=ENDING,
        )

    def _save(self, path: str) -> None:
        handle = self._context.jobs.submit(JobLane.PAPER, save, self._data, Path(path), owner=self)
        handle.done.connect(self._on_saved)
        handle.refused.connect(self._on_refused)

    def _on_saved(self, path: Path) -> None:
        self._context.say(filled(self.tr("Saved as {name}"), name=path.name))

    def _on_refused(self, refusal: Refusal) -> None:
        show_refusal(refusal, self._page)
