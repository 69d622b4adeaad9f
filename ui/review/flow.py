"""One signature from the dialog to the stored act: shows what is signed, asks the passphrase, runs the job, tells.

It knows no service: the page hands in the ``Subject`` and the job function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from intake.domain.refusals import Refusal
from ui.jobs import Lane
from ui.page import Page
from ui.widgets.signing import SigningDialog, Subject


class NotSigned(Refusal):
    what = "This could not be signed."
    why = "Something went wrong inside Countersign; nothing was stored."
    next = "Try again. If it happens again, copy the details of the error and send them to us."


class SigningFlow(QObject):
    """``signed`` carries what the job gave. ``turned_away`` carries the refusals named in ``closing``, by their code."""

    signed = Signal(object)
    turned_away = Signal(object)

    def __init__(self, page: Page, closing: tuple[str, ...] = ()) -> None:
        """``closing`` are refusals after which trying again makes no sense: the dialog closes and the page tells."""
        super().__init__(page)
        self._page = page
        self._closing = closing
        self._job: Callable[..., Any] | None = None
        self._arguments: tuple[object, ...] = ()
        self.dialog: SigningDialog | None = None

    def begin(self, subject: Subject, job: Callable[..., Any], *arguments: object) -> SigningDialog:
        """Open the dialog; ``job(task, seat, passphrase, *arguments)`` signs."""
        self._job, self._arguments = job, arguments
        self.dialog = SigningDialog(subject, self._page.window())
        self.dialog.signing.connect(self._on_signing)
        self.dialog.destroyed.connect(self._on_gone)
        self.dialog.open()
        return self.dialog

    def _on_signing(self, passphrase: str) -> None:
        if self._job is None:
            return
        # On the lane of paper: the record is printed and signed with the fonts of that lane.
        handle = self._page.context.run(Lane.PAPER, self._job, passphrase, *self._arguments, owner=self._page)
        handle.done.connect(self._on_done)
        handle.refused.connect(self._on_refused)
        handle.failed.connect(self._on_failed)

    def _on_done(self, result: object) -> None:
        if self.dialog is not None:
            self.dialog.succeeded()
        self.signed.emit(result)

    def _on_refused(self, refusal: Refusal) -> None:
        if self.dialog is not None:
            self.dialog.failed(refusal)
            if refusal.code in self._closing:
                self.dialog.reject()
        if refusal.code in self._closing:
            self.turned_away.emit(refusal)

    def _on_failed(self, _: object) -> None:
        if self.dialog is not None:
            self.dialog.failed(NotSigned())

    def _on_gone(self) -> None:
        self.dialog = None
