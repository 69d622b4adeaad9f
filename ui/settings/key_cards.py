"""The keys in the data folder, and the dialog that makes or brings another one and enrols with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.settings.work import KeyChoice, SettingsFacts
from ui.start.key_form import KeyForm, KeyWanted
from ui.start.work import make_key
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column, clear
from ui.widgets.dialogs import PlainDialog
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, digest, quiet, strong
from ui.widgets.panels import Chip, own_size_button


class KeyList(QWidget):
    """``use`` carries the fingerprint of the key to sign with from now on."""

    use = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._box = bare_column(self, sizes(self).m)

    def set_keys(self, keys: Sequence[KeyChoice]) -> None:
        clear(self._box)
        for key in keys:
            row = _KeyRow(key)
            row.use.connect(self.use)
            self._box.addWidget(row)
        if not keys:
            self._box.addWidget(quiet(self.tr("There is no key here yet.")))


class _KeyRow(QWidget):
    use = Signal(str)

    def __init__(self, key: KeyChoice) -> None:
        super().__init__()
        self._key = key
        s = sizes(self)
        box = bare_column(self, s.xs)
        row = FlowLayout(self)
        name = strong(key.name)
        name.setWordWrap(False)
        row.addWidget(name)
        row.addWidget(digest(key.fingerprint, shown=16))
        box.addLayout(row)
        box.addWidget(quiet(key.words))
        if key.note:
            box.addWidget(Label(key.note, tone=Tone.WARN))
        if key.listed:
            row.addWidget(Chip(self.tr("Listed"), Tone.GOOD))
        else:
            row.addWidget(Chip(self.tr("Not listed"), Tone.WARN))
        if key.in_use:
            row.addWidget(Chip(self.tr("In use"), Tone.INFO))
        else:
            button = own_size_button(
                self.tr("Use this key"), name=self.tr("Use the key {key}").format(key=key.fingerprint[:12])
            )
            button.clicked.connect(self._on_use)
            row.addWidget(button)

    def _on_use(self) -> None:
        self.use.emit(self._key.fingerprint)


class NewKeyDialog(PlainDialog):
    """A new key, or one that is brought; it is used from now on and enrolled with, so that it can be listed."""

    CHARS = 100

    def __init__(self, context: Context, shown: SettingsFacts, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Another key"), parent)
        self._context = context
        self.body.addWidget(
            Label(
                self.tr(
                    "It signs from now on. Others count it once an administrator has listed it, so you enrol with it "
                    "at once. The key before it stays here."
                )
            )
        )
        self.form = KeyForm()
        self.form.name.set_value(shown.name)
        self.form.unit.set_value(shown.unit)
        if shown.person:
            self.form.person.set_value(shown.person)
            self.form.person.setEnabled(False)
        self.form.wanted.connect(self._make)
        self.body.addWidget(self.form)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)

    def _make(self, wanted: KeyWanted) -> None:
        self.form.set_busy(True)
        handle = self._context.run(JobLane.KEYS, make_key, wanted, owner=self, certain=True)
        handle.done.connect(self._on_made)
        handle.refused.connect(self._on_refused)
        handle.failed.connect(self._on_failed)

    def _on_made(self, _: str) -> None:
        self.form.clear_secrets()
        self._context.say(self.tr("The new key is in use, and your enrolment with it is signed"))
        self._context.tell(Changes(people=True, everything=True))
        self.accept()

    def _on_refused(self, refusal: Refusal) -> None:
        self.form.set_busy(False)
        self.form.refuse(refusal)

    def _on_failed(self, _: object) -> None:
        self.form.set_busy(False)
