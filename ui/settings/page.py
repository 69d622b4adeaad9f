"""Settings: the look, the exchange folder, my key, timestamps, the data folder and its care, and what this is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.exchange.access_cards import ReadingWords
from ui.formatting import number_words, size_words
from ui.jobs import JobLane
from ui.page import Page
from ui.settings import work
from ui.settings.key_cards import KeyList, NewKeyDialog
from ui.settings.work import SettingsFacts
from ui.theme import TEXT_SIZES, Scheme, Tone
from ui.widgets.blocks import WrappingRow
from ui.widgets.fields import Choice, ChoiceField, PickField, TextField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.panels import Card, NoticePanel, action_button, own_size_button
from ui.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from intake.services.upkeep.keeping import Rebuilt


class SettingsPage(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown: SettingsFacts | None = None
        self._build_actions()
        self.body.addWidget(self._look())
        self.body.addWidget(self._key())
        self.body.addWidget(self._exchange())
        self.body.addWidget(self._timestamps())
        self.body.addWidget(self._data())
        self.body.addWidget(self._about())
        self.body.addStretch(1)
        context.theme.changed.connect(self._mark_look)

    def title(self) -> str:
        return self.tr("Settings")

    def activated(self, argument: object) -> None:
        self._read()

    def refresh(self, changes: Changes) -> None:
        if changes.organisation:
            self._read()

    # --------------------------------------------------------------------------------------------------------- parts
    def _build_actions(self) -> None:
        self.new_key = self.add_action(self.tr("&Another key…"), self._on_new_key, icon_name="key")
        self.folder_action = self.add_action(self.tr("&Choose the exchange folder…"), self._choose_folder)
        self.backup = self.add_action(self.tr("&Back up now…"), self._back_up, icon_name="lock")
        self.check = self.add_action(
            self.tr("Check by &rebuilding"), self._rebuild, icon_name="check",
            tip=self.tr("Compute everything again from the signed acts and compare; nothing is changed"),
        )  # fmt: skip
        self.open_folder = self.add_action(self.tr("&Open the data folder"), self._open_folder, icon_name="folder")
        self.about = self.add_action(self.tr("L&icences"), self._about_dialog)

    def _look(self) -> Card:
        card = Card(title=self.tr("Look and language"))
        self.theme = ChoiceField(
            (
                Choice("system", self.tr("Like the system")),
                Choice("light", self.tr("Light")),
                Choice("dark", self.tr("Dark")),
            )
        )
        self.theme.name(self.tr("Theme"), "")
        self.theme.changed.connect(self._on_theme)
        card.box.addWidget(strong(self.tr("Theme")))
        card.box.addWidget(self.theme)
        size = QLabel(self.tr("Size of &text"))
        self.text_size = PickField(
            tuple(Choice(str(percent), self.tr("{percent} %").format(percent=percent)) for percent in TEXT_SIZES)
        )
        self.text_size.name(self.tr("Size of text"), "")
        self.text_size.changed.connect(self._on_text_size)
        size.setBuddy(self.text_size.focus_widget())
        card.box.addWidget(size)
        card.box.addWidget(WrappingRow(self.text_size))
        card.box.addWidget(quiet(self.tr("100 % is the size your computer asks for.")))
        self._mark_look()
        label = QLabel(self.tr("&Language"))
        self.language = PickField((Choice("en", self.tr("English")),))
        self.language.set_value("en")
        self.language.name(self.tr("Language"), "")
        label.setBuddy(self.language.focus_widget())
        card.box.addWidget(label)
        card.box.addWidget(WrappingRow(self.language))
        card.box.addWidget(quiet(self.tr("Other languages are not translated yet.")))
        return card

    def _key(self) -> Card:
        card = Card(title=self.tr("My key"))
        self.person = Label("")
        self.keys = KeyList()
        self.keys.use.connect(self._on_use)
        card.box.addWidget(self.person)
        card.box.addWidget(self.keys)
        card.box.addLayout(_row(self, self.new_key))
        card.box.addWidget(
            quiet(
                self.tr("A lost passphrase cannot be found again: make a new key and enrol with it. Drafts are kept.")
            )
        )
        return card

    def _exchange(self) -> Card:
        card = Card(title=self.tr("Exchange folder"))
        self.folder = Label("", elide=True)
        card.box.addWidget(self.folder)
        card.box.addLayout(_row(self, self.folder_action))
        self.reading = ReadingWords(self.context)
        card.box.addWidget(self.reading)
        return card

    def _timestamps(self) -> Card:
        card = Card(title=self.tr("Timestamps"))
        card.box.addWidget(
            Label(
                self.tr(
                    "A timestamp service proves when a record was signed. Without one, or without a network, a record "
                    "carries the time of the signer’s clock."
                )
            )
        )
        label = QLabel(self.tr("Address of the &service (RFC 3161)"))
        self.tsa = TextField(placeholder="https://")
        self.tsa.name(self.tr("Address of the timestamp service"), "")
        label.setBuddy(self.tsa.focus_widget())
        self.save_tsa = own_size_button(self.tr("Save"), name=self.tr("Save the address of the timestamp service"))
        self.save_tsa.clicked.connect(self._on_tsa)
        self.tsa_said = quiet(self.tr("It is used from the next start on."))
        row = QHBoxLayout()
        row.addWidget(self.tsa, 1)
        row.addWidget(self.save_tsa)
        card.box.addWidget(label)
        card.box.addLayout(row)
        card.box.addWidget(self.tsa_said)
        return card

    def _data(self) -> Card:
        card = Card(title=self.tr("Data folder"))
        self.root = Label("")
        self.size_line = quiet("")
        self.progress = ProgressPanel()
        self.answer = NoticePanel("", tone=Tone.GOOD)
        self.answer.setVisible(False)
        card.box.addWidget(self.root)
        card.box.addWidget(self.size_line)
        card.box.addLayout(_row(self, self.backup, self.check, self.open_folder))
        card.box.addWidget(self.progress)
        card.box.addWidget(self.answer)
        return card

    def _about(self) -> Card:
        from intake import __version__

        card = Card(title=self.tr("About"))
        card.box.addWidget(Label(self.tr("Countersign {version}, Apache License 2.0").format(version=__version__)))
        card.box.addLayout(_row(self, self.about))
        return card

    # ------------------------------------------------------------------------------------------------------- reading
    def _read(self) -> None:
        handle = self.context.run(JobLane.REGISTER, work.look, owner=self)
        handle.done.connect(self._show)

    def _show(self, shown: SettingsFacts) -> None:
        self.shown = shown
        self.person.setText(
            self.tr("You sign as {name} ({person}).").format(name=shown.name, person=shown.person)
            if shown.person
            else self.tr("Nobody is set up here yet. The first steps make a key and enrol you.")
        )
        self.keys.set_keys(shown.keys)
        self.folder.setText(shown.folder or self.tr("No folder is chosen."))
        if not self.tsa.focus_widget().hasFocus():
            self.tsa.set_value(shown.tsa)
        self.root.setText(str(shown.root))
        self.size_line.setText(
            self.tr("Register {size} · %Ln automatic backups", "", shown.backups).format(size=size_words(shown.size))
        )

    # ------------------------------------------------------------------------------------------------------ changing
    def _mark_look(self) -> None:
        self.theme.set_value(self.context.theme.scheme.value)
        self.text_size.set_value(str(self.context.theme.text_size))

    def _on_theme(self) -> None:
        scheme = Scheme(self.theme.value() or Scheme.SYSTEM)
        self.context.settings.scheme = scheme
        self.context.theme.set_scheme(scheme)

    def _on_text_size(self) -> None:
        percent = int(self.text_size.value() or TEXT_SIZES[0])
        self.context.settings.text_size = percent
        self.context.theme.set_text_size(percent)
        self._mark_look()

    def _on_use(self, fingerprint: str) -> None:
        handle = self.context.run(JobLane.KEYS, work.use_key, fingerprint, owner=self)
        handle.done.connect(self._on_used)

    def _on_used(self, _: str) -> None:
        self.context.say(self.tr("Signing with this key from now on"))
        self.context.tell(Changes(people=True, everything=True))

    def _on_new_key(self) -> None:
        if self.shown is not None:
            NewKeyDialog(self.context, self.shown, self).open()

    def _choose_folder(self) -> None:
        self.context.ask("choose-folder")

    def _on_tsa(self) -> None:
        handle = self.context.run(JobLane.KEYS, work.set_tsa, self.tsa.value() or "", owner=self)
        handle.done.connect(self._on_tsa_kept)
        handle.refused.connect(self._on_tsa_refused)

    def _on_tsa_kept(self, address: str) -> None:
        self.tsa.set_wrong(False)
        self.tsa_said.set_tone(None)
        self.tsa_said.setText(
            self.tr("Saved. It is used from the next start on.")
            if address
            else self.tr("No timestamp service is used from the next start on.")
        )

    def _on_tsa_refused(self, refusal: Refusal) -> None:
        self.tsa.set_wrong(True)
        self.tsa_said.set_tone(Tone.BAD)
        self.tsa_said.setText(f"{refusal.what_happened} {refusal.next_step}")

    def _back_up(self) -> None:
        self.context.ask("backup")

    def _rebuild(self) -> None:
        self.check.setEnabled(False)
        self.answer.setVisible(False)
        handle = self.context.run(JobLane.REGISTER, work.rebuild_check, owner=self)
        handle.done.connect(self._on_rebuilt)
        handle.finished.connect(self._on_rebuild_ended)
        self.progress.follow(handle, self.tr("Computing everything again"))

    def _on_rebuilt(self, done: Rebuilt) -> None:
        if done.identical:
            self.answer.set_words(
                self.tr("Everything is as the signed acts say"),
                self.tr("Use cases computed again: {count}. Nothing differed.").format(count=number_words(done.cases)),
                Tone.GOOD,
            )
        else:
            self.answer.set_words(
                self.tr("What is shown differs from what the signed acts say"),
                self.tr("No act is lost. Run “countersign rebuild”, and report it with the error log."),
                Tone.BAD,
            )
        self.answer.setVisible(True)

    def _on_rebuild_ended(self) -> None:
        self.check.setEnabled(True)

    def _open_folder(self) -> None:
        if self.shown is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.shown.root)))

    def _about_dialog(self) -> None:
        self.context.ask("about")


def _row(parent: QWidget, *actions: QAction) -> FlowLayout:
    row = FlowLayout(parent)
    for action in actions:
        row.addWidget(action_button(action))
    return row
