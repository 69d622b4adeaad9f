"""What is signed on the people page: changes of the roster, agreement to them, the playbook and checkpoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.people import acts, subjects
from ui.people.asking import GrantDialog, ListDialog
from ui.people.reading import Asking, Organisation, PersonDetail
from ui.signing_job import Allowed, SigningFlow
from ui.widgets.signing_sheet import Subject

if TYPE_CHECKING:
    from intake.domain.organisation.exchange_rule import Reading
    from intake.services.organisation.people import RosterChange


class RosterSigning(QObject):
    """Lives with its page. Nothing is signed before the organisation was read (``follow``)."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._found: Organisation | None = None

    def follow(self, found: Organisation) -> None:
        """From now on sign what changes this."""
        self._found = found

    def ask_roles(self, item: Asking) -> None:
        dialog = ListDialog(item, self._page)
        dialog.chosen.connect(self._list)
        dialog.open()

    def ask_grant(self, person: PersonDetail) -> None:
        dialog = GrantDialog(person, self._page)
        dialog.chosen.connect(self._grant)
        dialog.open()

    def end(self, person: PersonDetail, role: str) -> None:
        if self._found is not None:
            self._sign(subjects.ending(self._found, person, role), acts.may_end, acts.end_role, person.id, role)

    def cut_off(self, person: PersonDetail, fingerprint: str) -> None:
        if self._found is not None:
            self._sign(subjects.cutting(self._found, person, fingerprint), acts.may_cut_off, acts.cut_off, fingerprint)

    def endorse(self, roster: str) -> None:
        item = next((item for item in self._found.waiting if item.id == roster), None) if self._found else None
        if self._found is not None and item is not None:
            self._sign(subjects.endorsing(self._found, item), acts.may_endorse, acts.endorse, roster)

    def settle(self) -> None:
        if self._found is not None and (made := self._found.settlement):
            self._sign(subjects.settling(self._found, made), acts.may_settle, acts.settle, made.document)

    def tell(self, roster: str) -> None:
        rival = next((item for item in self._found.rivals if item.id == roster), None) if self._found else None
        if self._found is not None and rival is not None:
            self._sign(subjects.telling(self._found, rival), None, acts.tell, roster)

    def accept_playbook(self) -> None:
        if self._found is not None:
            self._sign(subjects.accepting(self._found), acts.may_accept, acts.accept_playbook)

    def choose_exchange(self, wanted: Reading) -> None:
        if self._found is not None:
            self._sign(subjects.exchanging(self._found, wanted), acts.may_exchange, acts.choose_exchange, wanted)

    def checkpoint(self) -> None:
        if self._found is not None:
            self._sign(subjects.checkpoint(self._found), None, acts.checkpoint)

    def _list(self, item: Asking, roles: tuple[str, ...]) -> None:
        if self._found is not None:
            self._sign(subjects.listing(self._found, item, roles), acts.may_list, acts.list_person, item.act, roles)

    def _grant(self, person: PersonDetail, role: str) -> None:
        if self._found is not None:
            self._sign(subjects.granting(self._found, person, role), acts.may_grant, acts.grant_role, person.id, role)

    def _sign(self, subject: Subject, allowed: Allowed, function: Callable[..., Any], *args: object) -> None:
        signing = SigningFlow(self._context, subject, JobLane.KEYS, function, *args, parent=self._page, allowed=allowed)
        signing.done.connect(self._on_signed)

    def _on_signed(self, change: RosterChange | None) -> None:
        if change is None:
            self._context.say(self.tr("Checkpoint signed"))
        elif change.in_force:
            self._context.say(self.tr("The new roster is in force"))
        else:
            self._context.say(self.tr("Signed; it waits for the other administrators"))
        self._context.tell(Changes(people=True, everything=True))
