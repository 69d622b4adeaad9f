"""The form for a key: who I am, a new key or one I bring, and its passphrase twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from intake.domain.base.names import is_person_id
from intake.domain.base.refusals import Refusal
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import AnswerField, Choice, ChoiceField, TextField
from ui.widgets.labels import Label
from ui.widgets.panels import own_size_button
from ui.widgets.passphrase import PassphraseField
from ui.widgets.why_row import QuestionForm

MAX_NAME = 64
MAX_UNIT = 120
MIN_PASSPHRASE = 8


@dataclass(frozen=True, slots=True)
class KeyWanted:
    """What was entered. ``brought`` is the path of a key file, or empty for a new key; ``existing`` uses the one here."""

    name: str
    unit: str
    person: str
    passphrase: str = field(repr=False)
    brought: str
    existing: bool


class KeyForm(QWidget):
    """``wanted`` carries a ``KeyWanted`` once everything fits."""

    wanted = Signal(object)
    complained = Signal()
    """Something does not fit; the summary at the top says what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        layout = bare_column(self, s.m)
        self.summary = ErrorSummary()
        layout.addWidget(self.summary)
        self.form = QuestionForm()
        self.name = TextField(longest=MAX_NAME)
        self.unit = TextField(longest=MAX_UNIT)
        self.person = TextField(longest=64)
        self.way = ChoiceField(
            (
                Choice("new", self.tr("Make a new key"), self.tr("It is saved in the data folder of Countersign.")),
                Choice("bring", self.tr("Bring a key file"), self.tr("A PKCS#12 file (.p12 or .pfx) you have.")),
            )
        )
        self.way.set_value("new")
        self.file = FileField()
        self.passphrase = SecretField(self.tr("Passphrase"))
        self.again = SecretField(self.tr("Passphrase again"))
        self._add_rows()
        layout.addWidget(self.form)
        self.paper = Label("", tone=Tone.WARN)
        self.paper.setContentsMargins(s.l, 0, 0, 0)
        self.paper.setVisible(False)
        layout.addWidget(self.paper)
        self.lost = Label(self.tr("A lost passphrase means enrolling again; drafts are kept."))
        self.lost.setContentsMargins(s.l, 0, 0, 0)
        layout.addWidget(self.lost)
        self.button = own_size_button(self.tr("Make the key and enrol"), role="primary")
        self.button.clicked.connect(self.submit)
        line = QHBoxLayout()
        line.setContentsMargins(s.l, 0, 0, 0)
        line.addWidget(self.button)
        line.addStretch(1)
        layout.addLayout(line)
        self._proposed = ""
        self._existing = False
        self.form.changed.connect(self._on_changed)
        self.summary.chosen.connect(self.focus_key)
        self.passphrase.entered.connect(self._on_passphrase)
        self.again.entered.connect(self.submit)
        self._show_rows()

    def set_existing(self, person: str) -> None:
        """There is a key already: only the enrolment is missing."""
        self._existing = bool(person)
        if person:
            self.person.set_value(person)
        self._show_rows()

    def set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.form.setEnabled(not busy)

    def say_paper(self, text: str) -> None:
        """What paper cannot show of what was entered, before it is signed; empty for nothing."""
        self.paper.setText(text)
        self.paper.setVisible(bool(text))

    def refuse(self, refusal: Refusal) -> None:
        """The service would not: its words are shown at the passphrase, or at the file."""
        key = "file" if self.way.value() == "bring" and not self._existing else "passphrase"
        self._say({key: f"{refusal.what_happened} {refusal.next_step}"})

    def clear_secrets(self) -> None:
        self.passphrase.set_value("")
        self.again.set_value("")

    def focus_key(self, key: str) -> None:
        self.form.row(key).focus_field()

    def _on_passphrase(self) -> None:
        """Enter goes on: to the passphrase again where it is asked for, else it does what the button does."""
        if self.again.isVisibleTo(self) and not self.again.value():
            self.again.focus_widget().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.submit()

    def submit(self) -> None:
        errors = self._errors()
        self._say(errors)
        if not errors:
            self.wanted.emit(
                KeyWanted(
                    name=self.name.value() or "",
                    unit=self.unit.value() or "",
                    person=self.person.value() or "",
                    passphrase=self.passphrase.value() or "",
                    brought=(self.file.value() or "") if self.way.value() == "bring" else "",
                    existing=self._existing,
                )
            )

    def _add_rows(self) -> None:
        why_name = self.tr("It is shown beside everything you sign, for years.")
        why_unit = self.tr("People find you by it, and offices see on whose behalf you ask.")
        why_id = self.tr("Every act names you by this id, and it is never given to anybody else.")
        why_way = self.tr("Your signature is worth what your key is worth: only you should be able to use it.")
        why_file = self.tr("The file stays yours; a copy is kept in the data folder.")
        why_pass = self.tr("A thief of the file can try passphrases without end. Several plain words are good.")
        why_again = self.tr("A mistyped passphrase would be a lost key.")
        add = self.form.add_row
        add("name", self.tr("Your name"), self.name, why=why_name, source="", may_not_know=False)
        add("unit", self.tr("Your unit"), self.unit, why=why_unit, source="", may_not_know=False, optional=True)
        add(
            "person",
            self.tr("Your person id"),
            self.person,
            why=why_id,
            source="",
            help=self.tr("Small letters, digits, dots and dashes, such as ada.byron"),
            may_not_know=False,
        )
        add("way", self.tr("Your key"), self.way, why=why_way, source="", may_not_know=False)
        add("file", self.tr("Key file"), self.file, why=why_file, source="", may_not_know=False)
        add("passphrase", self.tr("Passphrase"), self.passphrase, why=why_pass, source="", may_not_know=False)
        add("again", self.tr("Passphrase again"), self.again, why=why_again, source="", may_not_know=False)

    def _show_rows(self) -> None:
        bringing = self.way.value() == "bring"
        self.form.row("way").setVisible(not self._existing)
        self.form.row("person").setVisible(not self._existing)
        self.form.row("file").setVisible(bringing and not self._existing)
        new = not bringing and not self._existing
        self.form.row("again").setVisible(new)
        self.lost.setVisible(new)
        if self._existing:
            self.button.setText(self.tr("Enrol with the key that is here"))
        elif bringing:
            self.button.setText(self.tr("Use this key and enrol"))
        else:
            self.button.setText(self.tr("Make the key and enrol"))

    def _on_changed(self, key: str) -> None:
        if key == "name" and (self.person.value() or "") == self._proposed:
            self._proposed = propose_id(self.name.value() or "")
            self.person.set_value(self._proposed)
        elif key == "way":
            self._show_rows()

    def _errors(self) -> dict[str, str]:
        errors: dict[str, str] = {}
        new = self.way.value() == "new" and not self._existing
        if not self.name.value():
            errors["name"] = self.tr("Your name: Enter your name.")
        for key, label, line in (("name", self.tr("Your name"), self.name), ("unit", self.tr("Your unit"), self.unit)):
            if line.too_long:
                errors[key] = f"{label}: {line.too_long}"
        if not self._existing and not is_person_id(self.person.value() or ""):
            errors["person"] = self.tr("Your person id: Use small letters, digits, dots and dashes, such as ada.byron.")
        if self.way.value() == "bring" and not self._existing and not self.file.value():
            errors["file"] = self.tr("Key file: Choose a file.")
        secret = self.passphrase.value() or ""
        if new and len(secret) < MIN_PASSPHRASE:
            errors["passphrase"] = self.tr("Passphrase: Use at least {least} characters.").format(least=MIN_PASSPHRASE)
        elif not secret:
            errors["passphrase"] = self.tr("Passphrase: Enter the passphrase of the key.")
        elif new and secret != (self.again.value() or ""):
            errors["again"] = self.tr("Passphrase again: The two passphrases are not the same.")
        return errors

    def _say(self, errors: dict[str, str]) -> None:
        self.form.set_errors(errors)
        self.summary.set_errors(errors)
        if errors:
            self.complained.emit()


class SecretField(AnswerField):
    """A passphrase as a field of a form. Unlike other fields it gives exactly what was typed, spaces too."""

    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = PassphraseField(name)
        self._field.entered.connect(self.entered)
        self.box.addWidget(self._field)

    def value(self) -> str | None:
        return self._field.text() or None

    def set_value(self, value: str | None) -> None:
        self._field.line.setText(value or "")

    def focus_widget(self) -> QWidget:
        return self._field.line


class FileField(AnswerField):
    """One file, chosen in a dialog; the value is its path."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self._button = own_size_button(self.tr("Choose the key file…"))
        self._button.clicked.connect(self._on_clicked)
        self._name = Label(self.tr("No file chosen"), elide=True)
        self.box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self._name)

    def value(self) -> str | None:
        return self._path or None

    def set_value(self, value: str | None) -> None:
        self._path = value or ""
        self._name.setText(Path(self._path).name if self._path else self.tr("No file chosen"))

    def focus_widget(self) -> QWidget:
        return self._button

    def _on_clicked(self) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        dialog = QFileDialog(
            self, self.tr("Choose the key file"), home, self.tr("Key files (*.p12 *.pfx);;All files (*)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_selected)
        dialog.open()

    def _on_selected(self, names: Sequence[str]) -> None:
        self.set_value(names[0] if names else None)
        self.changed.emit()


def propose_id(name: str) -> str:
    """A person id from a name: “Ada Byron” gives “ada.byron”. Empty when the name has no Latin letters."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", ".", plain).strip(".")[:64].strip(".")
