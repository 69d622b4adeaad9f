"""New use case: one calm screen with every way to begin one.

Empty, from a template, from an earlier use case, or from the file in which a supplier describes a model (an ML-BOM).
Whatever was not typed by a person here is marked “check this” in the draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from ui import files
from ui.context import Changes, Context
from ui.guide.begin.beginning import Beginning
from ui.guide.begin.earlier import EarlierDialog
from ui.guide.begin.start_work import Offers, Several, look
from ui.guide.begin.way_button import WayButton, Ways
from ui.jobs import JobHandle, JobLane
from ui.page import Page
from ui.theme import Tone, sizes
from ui.widgets.chosen_row import ChosenRow
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.panels import NoticePanel
from ui.widgets.progress_panel import ProgressPanel

EMPTY, EARLIER, BOM = "empty", "earlier", "bom"


@dataclass(frozen=True, slots=True)
class BomFile:
    """``go("new", BomFile(path))`` begins with this ML-BOM."""

    path: Path


class StartingPage(Page):
    """``go("new")``, or ``go("new", BomFile(path))``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self._beginning = Beginning(context, self)
        self._beginning.several.connect(self._choose_model)
        self._offers: Offers | None = None
        self._taken: BomFile | None = None
        self.add_action(self.tr("Begin with an &empty form"), self.begin_empty, "Ctrl+Return")
        self.earlier = self.add_action(self.tr("Begin like an e&arlier use case…"), self.choose_earlier, "Ctrl+Shift+N")
        self.bom = self.add_action(self.tr("Begin with a &model’s file (ML-BOM)…"), self.choose_bom, "Ctrl+Shift+O")
        self.trouble = NoticePanel("", tone=Tone.BAD)
        self.trouble.setVisible(False)
        self.body.addWidget(self.trouble)
        self.progress = ProgressPanel()
        self.body.addWidget(self.progress)
        self.ways = Ways(3)
        self.ways.set_ways(
            [
                self._way(
                    EMPTY,
                    self.tr("Empty form"),
                    self.tr("A few first questions tell you how long it will take."),
                    "add",
                ),
                self._way(
                    EARLIER,
                    self.tr("An earlier use case"),
                    self.tr("Its answers are copied, each to be checked. Files are not copied."),
                    "history",
                ),
                self._way(
                    BOM,
                    self.tr("A model’s file (ML-BOM)"),
                    self.tr(
                        "What the supplier says about the model is copied into the draft. Choose the file or drop it here."
                    ),
                    "import",
                ),
            ]
        )
        self.body.addWidget(self.ways)
        self.heading_of_templates = heading(self.tr("Or begin with a common use"), 2)
        self.words_of_templates = quiet(
            self.tr("A template gives likely answers, each marked “check this”. You confirm or change every one.")
        )
        self.templates = Ways(2)
        lead = QVBoxLayout()
        lead.setSpacing(sizes(self).xs)
        lead.addWidget(self.heading_of_templates)
        lead.addWidget(self.words_of_templates)
        self.body.addLayout(lead)
        self.body.addWidget(self.templates)
        for widget in (self.heading_of_templates, self.words_of_templates, self.templates):
            widget.hide()
        self.body.addStretch(1)

    def title(self) -> str:
        return self.tr("New use case")

    def activated(self, argument: object) -> None:
        self.set_lead(self.tr("How would you like to begin? Nothing is sent before you sign."))
        self._say(None)
        self._look()
        # Back leads here again with the same argument; the file was taken then.
        if isinstance(argument, BomFile) and argument is not self._taken:
            self._taken = argument
            self.take_bom(argument.path)

    def refresh(self, changes: Changes) -> None:
        if changes.everything or changes.exchange or changes.cases:
            self._look()

    def focus_first(self) -> None:
        self.ways.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_empty(self) -> None:
        self._follow(self._beginning.new())

    def choose_earlier(self) -> None:
        dialog = EarlierDialog(self.context, self)
        dialog.chosen.connect(self._on_earlier)
        dialog.open()

    def choose_bom(self) -> None:
        kinds = self.tr("ML-BOM in CycloneDX JSON (*.json);;All files (*)")
        files.ask_open(self, self.tr("Choose an ML-BOM"), kinds, self._on_bom_chosen)

    def take_bom(self, path: Path) -> None:
        """Begin with this file; why it cannot be taken is said on the page."""
        handle = self._beginning.bom(path)
        self._follow(handle)
        self.progress.follow(handle, self.tr("Reading {name}").format(name=path.name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() and url.path().casefold().endswith(".json") for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take_bom(next((path for path in paths if path.suffix.casefold() == ".json"), paths[0]))

    def _way(self, key: str, title: str, text: str, icon_name: str, note: str = "") -> WayButton:
        button = WayButton(key, title, text, note, icon_name)
        button.clicked.connect(self._on_way)
        return button

    def _on_way(self) -> None:
        button = self.sender()
        if not isinstance(button, WayButton):
            return
        begun = {EMPTY: self.begin_empty, EARLIER: self.choose_earlier, BOM: self.choose_bom}.get(button.key)
        if begun is not None:
            begun()
        else:
            self._follow(self._beginning.template(button.key))

    def _look(self) -> None:
        self.context.run(JobLane.REGISTER, look, owner=self).done.connect(self._on_looked)

    def _on_looked(self, offers: object) -> None:
        if not isinstance(offers, Offers):
            return
        self.earlier.setEnabled(bool(offers.earlier))
        self.ways.buttons[1].setEnabled(bool(offers.earlier))
        self.ways.buttons[1].set_note("" if offers.earlier else self.tr("None was filed or has arrived here yet."))
        if self._offers is not None and self._offers.templates == offers.templates:
            return
        self._offers = offers
        self.templates.set_ways([self._way(item.id, item.title, item.text, "", item.why) for item in offers.templates])
        for widget in (self.heading_of_templates, self.words_of_templates, self.templates):
            widget.setVisible(bool(offers.templates))

    def _on_earlier(self, case: str) -> None:
        self._follow(self._beginning.like(case))

    def _on_bom_chosen(self, path: str) -> None:
        self.take_bom(Path(path))

    def _choose_model(self, several: Several) -> None:
        dialog = ModelDialog(several, self)
        dialog.chosen.connect(self._on_model)
        dialog.open()

    def _on_model(self, several: Several, index: int) -> None:
        self._follow(self._beginning.model(several, index))

    def _follow(self, handle: JobHandle[str | Several]) -> None:
        self._say(None)
        handle.refused.connect(self._say)

    def _say(self, refusal: Refusal | None) -> None:
        if refusal is None:
            self.trouble.hide()
        else:
            self.trouble.tell(refusal)


class ModelDialog(PlainDialog):
    """Which of the models an ML-BOM describes, and what of the file was not understood. ``chosen`` carries the file and the place of the model in it."""

    chosen = Signal(object, int)

    def __init__(self, several: Several, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._several = several
        self.setWindowTitle(self.tr("Which model is it?") if len(several.models) > 1 else self.tr("Is it this model?"))
        self.title.setText(self.windowTitle())
        words = self.tr(
            "{name} describes %Ln models. A use case is about one of them; file another for each other.",
            "",
            len(several.models),
        )
        if len(several.models) == 1:
            words = self.tr("{name} describes one model.")
        self.body.addWidget(Label(words.format(name=several.path.name)))
        self.notes = self._add_notes() if several.notes or any(several.not_taken) else None
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Models in this file"))
        self.list.setWordWrap(True)
        self.list.setSpacing(sizes(self).xs)
        for name, line in several.models:
            self.list.addItem(QListWidgetItem(f"{name}\n{line}" if line else name))
        self.list.setCurrentRow(0)
        if len(several.models) == 1:
            self.list.setMaximumHeight(sizes(self).line * 3)
        else:
            self.list.setMinimumHeight(sizes(self).line * (10 if self.notes is None else 5))
        ChosenRow(self.list)
        self.list.itemActivated.connect(self._on_activated)
        self.body.addWidget(self.list, 1)
        self.list.currentRowChanged.connect(self._on_row)
        self._on_row(self.list.currentRow())
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.use = self.add_button(
            self.tr("Begin with this model"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary"
        )
        self.use.setDefault(True)
        self.list.setFocus()

    def accept(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.chosen.emit(self._several, row)
            super().accept()

    def _add_notes(self) -> QListWidget:
        title = strong(self.tr("Not everything in it is taken into answers"))
        title.set_tone(Tone.WARN)
        self.body.addWidget(title)
        listed = QListWidget()
        listed.setAccessibleName(title.text())
        listed.setWordWrap(True)
        listed.setMaximumHeight(sizes(self).line * 4)
        self.body.addWidget(listed)
        rest = self.tr("The rest is taken, for you to check. The file goes along as evidence, as it is.")
        self.body.addWidget(quiet(rest))
        return listed

    def _on_row(self, row: int) -> None:
        """What is not taken of the model that is chosen: it stays in the file, which goes along as evidence."""
        if self.notes is not None:
            self.notes.clear()
            left = self._several.not_taken[row] if 0 <= row < len(self._several.not_taken) else ()
            self.notes.addItems([*self._several.notes, *left])

    def _on_activated(self, _: QListWidgetItem) -> None:
        self.accept()
