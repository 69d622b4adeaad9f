"""The three steps of adding a person, each on a card: inviting, taking the enrolment, comparing its key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from intake.domain.organisation.invitation import MAX_RETURN_TO
from ui import files
from ui.context import Context
from ui.jobs import JobLane
from ui.people import inviting
from ui.people.cards import AskingCard
from ui.people.reading import Asking, Organisation
from ui.signing_job import SigningFlow
from ui.theme import Tone, sizes
from ui.widgets.boxes import clear
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Card, NoticePanel, own_size_button
from ui.widgets.words_label import WordsLabel

RETURN_TO = "people/return-to"
"""The preference that keeps where enrolments are to be sent."""


class InviteCard(Card):
    """Where to send the enrolment, the invitation as a file, and the words to read out."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: Organisation | None = None
        self._target = Path()
        self.box.addWidget(heading(self.tr("Invite"), 2))
        self.box.addWidget(
            Label(
                self.tr(
                    "An invitation is a file with the roster and the address below. It proves nothing by itself: read "
                    "the ten words of your organisation to the person by voice, so that they know it is yours."
                )
            )
        )
        label = Label(self.tr("Where to send the enrolment back"), selectable=False)
        self.box.addWidget(label)
        self.return_to = TextField(longest=MAX_RETURN_TO, placeholder=self.tr("Such as your mail address"))
        self.return_to.name(label.text(), "")
        self.return_to.set_value(context.settings.text(RETURN_TO))
        self.return_to.changed.connect(self.check)
        self.return_to.setMaximumWidth(sizes(self).chars(70))
        self.box.addWidget(self.return_to)
        self.invite = own_size_button(self.tr("Write an invitation…"), role="primary")
        self.invite.clicked.connect(self._ask_target)
        self.box.addWidget(self.invite)
        self.written = NoticePanel("", tone=Tone.GOOD)
        self.written.setVisible(False)
        self.box.addWidget(self.written)
        self.copy = own_size_button(self.tr("Copy a text for your message"))
        self.copy.clicked.connect(self._on_copy)
        self.copy.setVisible(False)
        self.box.addWidget(self.copy)
        self.box.addWidget(quiet(self.tr("Your organisation in words")))
        self.words = WordsLabel()
        self.box.addWidget(self.words)
        self.check()

    def follow(self, found: Organisation) -> None:
        self._found = found
        self.words.set_words(found.words)
        self.check()

    def check(self) -> None:
        self.invite.setEnabled(self._found is not None and bool(self.return_to.value()))

    def _ask_target(self) -> None:
        self._context.settings.set_text(RETURN_TO, self.return_to.value() or "")
        files.ask_save(
            self,
            self.tr("Write an invitation"),
            self.tr("invitation.countersign"),
            self.tr("Packages (*.countersign)"),
            self.write_to,
            suffix="countersign",
        )

    def write_to(self, path: str) -> None:
        """Show what is signed, and write the invitation to this file."""
        if self._found is None:
            return
        self._target = Path(path)
        return_to = self.return_to.value() or ""
        flow = SigningFlow(
            self._context,
            inviting.subject(self._found, return_to, self._target.name),
            JobLane.EXCHANGE,
            inviting.write,
            return_to,
            self._target,
            parent=self,
            allowed=inviting.may_write,
        )
        flow.done.connect(self._on_written)

    def _on_written(self, _: object) -> None:
        self.written.set_words(
            self.tr("Saved as {name}").format(name=self._target.name),
            self.tr(
                "Send it. Then call the person and read the ten words below; in the file they would prove nothing."
            ),
            Tone.GOOD,
        )
        self.written.setVisible(True)
        self.copy.setVisible(True)

    def _on_copy(self) -> None:
        if self._found is not None:
            text = inviting.letter(self._found, self._target.name, self.return_to.value() or "")
            QGuiApplication.clipboard().setText(text)
            self._context.say(self.tr("Copied"))


class TakeCard(Card):
    """``files`` carries the paths of what was sent."""

    files = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.box.addWidget(heading(self.tr("Take the enrolment"), 2))
        self.box.addWidget(
            Label(
                self.tr(
                    "The person makes a key and sends you a file. Choose it, drop it anywhere on this page, or paste "
                    "its path. One that comes through the exchange folder is taken by itself."
                )
            )
        )
        self.choose = own_size_button(self.tr("Choose the enrolment…"))
        self.choose.clicked.connect(self._ask_file)
        self.box.addWidget(self.choose)
        label = Label(self.tr("Or the path of the file"), selectable=False)
        self.box.addWidget(label)
        self.path = TextField(longest=4000)
        self.path.name(label.text(), "")
        self.path.changed.connect(self._check)
        self.path.setMaximumWidth(sizes(self).chars(70))
        self.box.addWidget(self.path)
        self.take = own_size_button(self.tr("Take this file"))
        self.take.clicked.connect(self._on_path)
        self.box.addWidget(self.take)
        self.report = NoticePanel("", tone=Tone.GOOD)
        self.report.setVisible(False)
        self.box.addWidget(self.report)
        self._check()

    def _check(self) -> None:
        self.take.setEnabled(bool(self.path.value()))

    def _ask_file(self) -> None:
        kinds = self.tr("Enrolments and packages (*.p7m *.countersign);;All files (*)")
        files.ask_open(self, self.tr("Choose the enrolment"), kinds, self._on_file)

    def _on_file(self, path: str) -> None:
        self.files.emit((Path(path),))

    def _on_path(self) -> None:
        # As file managers copy it: in quotation marks, or as an address.
        self.files.emit((inviting.path_of((self.path.value() or "").strip("\"'")),))


class CompareCard(Card):
    """Everybody who asks, each with the words of the key."""

    def __init__(self) -> None:
        super().__init__()
        self.box.addWidget(heading(self.tr("Compare the key, and list"), 2))
        self.box.addWidget(
            Label(
                self.tr(
                    "Anybody can enrol under any name. Call the person at a number you know and have the ten words of "
                    "the key read to you; list them only when the words are the same."
                )
            )
        )
        self.doubtful = NoticePanel("", tone=Tone.WARN)
        self.doubtful.setVisible(False)
        self.box.addWidget(self.doubtful)
        self.nobody = quiet(self.tr("Nobody asks to be listed now."))
        self.box.addWidget(self.nobody)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(sizes(self).m)
        self.box.addLayout(self._cards)
        self.shown: tuple[AskingCard, ...] = ()
        """Those shown now; what was there before is a child for a moment longer."""

    def show_asking(self, asking: Sequence[Asking], *, may: bool) -> tuple[AskingCard, ...]:
        """Show these, in this order; gives their cards."""
        clear(self._cards)
        self.shown = made = tuple(AskingCard(item, may=may) for item in asking)
        for card in made:
            self._cards.addWidget(card)
        self.nobody.setVisible(not asking)
        twice = sorted(person for person, count in Counter(item.person for item in asking).items() if count > 1)
        self.doubtful.set_words(
            self.tr("Several keys ask as {people}").format(people=", ".join(twice)),
            self.tr("At most one of them may be the person’s. Compare the words of each before you list one."),
        )
        self.doubtful.setVisible(bool(twice))
        return made
