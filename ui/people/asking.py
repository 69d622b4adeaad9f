"""The two questions asked before a roster is signed: which roles to give, and which role to end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui.people.reading import Asking, PersonDetail
from ui.texts import Texts
from ui.widgets.dialogs import PlainDialog
from ui.widgets.fields import Choice, ChoiceField, ManyField
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.panels import NoticePanel
from ui.words import cases

ROLES = ("owner", "cio", "ciso", "administrator", "records", "auditor")


class ListDialog(PlainDialog):
    """Compare the key and choose roles; ``chosen`` carries the enrolment and the roles."""

    chosen = Signal(object, object)

    def __init__(self, item: Asking, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("List {name}").format(name=item.name), parent)
        self.item = item
        self.body.addWidget(
            Label(
                self.tr("Call {name} and have these words read to you. They must be the same.").format(name=item.name)
            )
        )
        self.body.addWidget(NoticePanel(item.words, self.tr("The key of {person}").format(person=item.person)))
        self.roles = ManyField(role_choices(ROLES))
        if item.known:
            self.body.addWidget(Label(key_acts(item)))
        else:
            self._ask_roles()
        self.body.addStretch(1)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.go_on = self.add_button(self.tr("Continue"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self._check()

    def accept(self) -> None:
        self.chosen.emit(self.item, self.roles.value() or ())
        super().accept()

    def _ask_roles(self) -> None:
        self.body.addWidget(strong(self.tr("Which roles?")))
        self.roles.name(self.tr("Roles"), "")
        self.roles.changed.connect(self._check)
        self.body.addWidget(self.roles)
        self.body.addWidget(
            quiet(self.tr("Roles can be given and ended later; a person who was listed once stays listed."))
        )

    def _check(self) -> None:
        self.go_on.setEnabled(self.item.known or bool(self.roles.value()))


class GrantDialog(PlainDialog):
    """``chosen`` carries the person and the role to give."""

    chosen = Signal(object, str)

    def __init__(self, found: PersonDetail, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Give {name} a role").format(name=found.name), parent)
        self.found = found
        held = {role.role for role in found.roles if role.open and not role.scope}
        self.role = ChoiceField(role_choices([role for role in ROLES if role not in held]))
        self.role.name(self.tr("Role"), "")
        self.role.changed.connect(self._check)
        self.body.addWidget(self.role)
        self.body.addStretch(1)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.go_on = self.add_button(self.tr("Continue"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self._check()

    def accept(self) -> None:
        self.chosen.emit(self.found, self.role.value() or "")
        super().accept()

    def _check(self) -> None:
        self.go_on.setEnabled(self.role.value() is not None)


def role_choices(roles: Sequence[str]) -> list[Choice]:
    """Each role with what it may do."""
    hints = {
        "owner": RoleTexts.tr("Files use cases and answers for them"),
        "cio": RoleTexts.tr("Decides together with the CISO"),
        "ciso": RoleTexts.tr("Decides together with the CIO"),
        "administrator": RoleTexts.tr("Keeps this list; has no vote"),
        "records": RoleTexts.tr("Keeps and verifies the records"),
        "auditor": RoleTexts.tr("Sees everything, decides nothing"),
    }
    return [Choice(role, cases.role_words(role), hints.get(role, "")) for role in roles]


def key_acts(item: Asking) -> str:
    """What the new key of somebody who is listed may do: what the person may."""
    roles = ", ".join(cases.role_words(role) for role in item.holds)
    if not roles:
        return RoleTexts.tr("{name} is listed already, without a role. This lists a new key.").format(name=item.name)
    return RoleTexts.tr("{name} is listed already. The new key may act in every role of theirs: {roles}.").format(
        name=item.name, roles=roles
    )


class RoleTexts(Texts):
    pass
