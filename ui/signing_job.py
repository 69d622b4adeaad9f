"""One signature from a screen: show what is signed, ask for the passphrase once, sign on a lane, say how it went.

Every screen that signs goes this way, so that nothing is signed without being shown, and a refusal keeps the dialog open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QMetaObject, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Context
from ui.jobs import JobLane
from ui.on_paper import said_on_paper, texts_of
from ui.widgets.dialogs import show_refusal
from ui.widgets.signing import SigningDialog
from ui.widgets.signing_sheet import Subject

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


Allowed: TypeAlias = Callable[..., object] | None
"""A job that raises the refusal of an act before a passphrase is asked for, if that is not known already."""


@dataclass(frozen=True, slots=True)
class SeenOnOpening:
    """What was there when the sheet opened, given by what was ``allowed``: it becomes the last argument of the job that signs.
    ``warning`` is said on the sheet.
    """

    value: object
    warning: str = ""


class SigningWentWrong(Refusal):
    what = "Nothing was signed."
    why = "Something went wrong inside Countersign; the details are in the other window."
    next = "Try again. If it happens again, please send us the details."


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs here: the name to show, the fingerprint of the key in use, whether there is one at all."""

    person: str
    name: str
    fingerprint: str

    @property
    def ready(self) -> bool:
        return bool(self.person and self.fingerprint)


def identity(session: Session) -> Identity:
    """Read it inside a job."""
    settings = session.settings
    return Identity(settings.person, session.installation.rosters.name(settings.person), settings.key)


class SigningFlow(QObject):
    """Opens the dialog at once, or when ``allowed(task, session, *args)`` has raised no refusal; what that gives in words is a
    warning on the sheet, as is what paper cannot show of what is signed. ``done`` carries what ``function(task, session, passphrase, *args)`` gave.

    A dialog that does not open is rejected: on a refusal, and while another dialog is on its way.

    ``closing`` are the codes of refusals after which trying again makes no sense: the dialog closes, and ``turned_away``
    carries the refusal. ``started`` carries the job of each try, for a widget that shows its progress.

    Nobody types a passphrase only to read a refusal that was known before: ``allowed`` asks for it first.

    It lives with its parent: PySide ends the program when a receiver and the sender it heard are deleted together.
    """

    done = Signal(object)
    turned_away = Signal(object)
    started = Signal(object)

    def __init__(
        self,
        context: Context,
        subject: Subject,
        lane: JobLane,
        function: Callable[..., Any],
        *args: object,
        parent: QWidget,
        closing: tuple[str, ...] = (),
        allowed: Allowed = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._lane = lane
        self._function = function
        self._args = args
        self._closing = closing
        self._texts = texts_of(subject)
        self.dialog = SigningDialog(subject, parent, sample=context.sample)
        self.dialog.signing.connect(self._sign)
        if allowed is None:
            self._look_at_paper()
            return
        asking = context.run_before_dialog(JobLane.REGISTER, allowed, *args, owner=self)
        if asking is None:
            self._give_up()
            return
        asking.done.connect(self._on_allowed)
        asking.refused.connect(self._on_forbidden)
        asking.failed.connect(self._give_up)

    def _on_allowed(self, said: object) -> None:
        if isinstance(said, SeenOnOpening):
            self._args = (*self._args, said.value)
        self._warn(said.warning if isinstance(said, SeenOnOpening) else said)
        self._look_at_paper()

    def _look_at_paper(self) -> None:
        if not self._texts:
            self.dialog.open()
            return
        looking = self._context.run_before_dialog(JobLane.REGISTER, said_on_paper, self._texts, owner=self)
        if looking is None:
            self._give_up()
            return
        looking.done.connect(self._on_paper)
        # The crash dialog says that it could not be found out; nobody is kept from signing by that.
        looking.failed.connect(self._on_paper)

    def _on_paper(self, said: object) -> None:
        self._warn(said)
        self.dialog.open()

    def _warn(self, said: object) -> None:
        if isinstance(said, str) and said:
            self.dialog.sheet.warn(said)

    def _on_forbidden(self, refusal: Refusal) -> None:
        show_refusal(refusal, self.dialog.parentWidget())
        self._give_up()

    def _give_up(self, _: object = None) -> None:
        # Not before control returns: the screen may connect to the dialog after the flow is made.
        QMetaObject.invokeMethod(self.dialog, "reject", Qt.ConnectionType.QueuedConnection)

    def _sign(self, passphrase: str) -> None:
        handle = self._context.run(self._lane, self._function, passphrase, *self._args, owner=self, certain=True)
        handle.done.connect(self._on_done)
        handle.refused.connect(self._on_refused)
        handle.failed.connect(self._on_failed)
        self.started.emit(handle)

    def _on_done(self, result: object) -> None:
        self.dialog.succeeded()
        self.done.emit(result)

    def _on_refused(self, refusal: Refusal) -> None:
        self.dialog.failed(refusal)
        if refusal.code in self._closing:
            self.dialog.reject()
            self.turned_away.emit(refusal)

    def _on_failed(self, _: object) -> None:
        self.dialog.failed(SigningWentWrong())
