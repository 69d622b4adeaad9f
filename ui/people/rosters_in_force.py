"""Which roster is in force: cards for rivals, for a version that no checkpoint covers yet, and for those too late.

As all cards of the page: frozen rows in, by signal what the person wants; nothing is decided or signed here.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.people.pieces import points, small_button
from ui.people.reading import Bare, UnreadVersion
from ui.people.versions import Rival, TooLate
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.labels import Label, digest, quiet, strong
from ui.widgets.panels import Card, NoticePanel


class RivalsCard(Card):
    """Versions that all count: what each says, and the two ways out. ``tell`` carries the id of a version.

    ``may`` is whether I administer, ``tells`` whether my checkpoint says which counts, ``names`` whose does. ``silent`` are
    those whose checkpoint is here without what it lists.
    """

    settle = Signal()
    tell = Signal(str)

    def __init__(
        self, rivals: tuple[Rival, ...], *, may: bool, tells: bool, names: tuple[str, ...], silent: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        notice = NoticePanel(
            self.tr("Two rosters claim to be the newest"),
            self.tr(
                "Administrators who could not see each other both changed it, or somebody who no longer administers "
                "signed another. Nothing new can be approved until it is settled. Objecting is always possible."
            ),
            Tone.BAD,
        )
        self.box.addWidget(notice)
        for number, rival in enumerate(rivals, start=1):
            self.box.addWidget(_Choice(self, number, rival, tells=tells))
        if silent:
            said = self.tr(
                "{names} signed a checkpoint that may say which one counts, but what it lists is not here. Fetch it from "
                "the exchange, or ask {names} for it, before you settle anything."
            )
            self.box.addWidget(Label(said.format(names=", ".join(silent)), tone=Tone.WARN))
        if names:
            who = self.tr("A checkpoint of the records team before them says which one counts. Can sign it: {names}")
            self.box.addWidget(quiet(who.format(names=", ".join(names))))
        self.box.addWidget(
            quiet(
                self.tr(
                    "Or administrators settle it with a version that names both: it keeps everybody either of them "
                    "lists, and whatever one of them ended stays ended."
                )
            )
        )
        settle = small_button(self.tr("Settle…"), self.tr("Settle the two rosters"))
        settle.setProperty("role", "primary")
        settle.setEnabled(may)
        settle.setToolTip("" if may else self.tr("Only an administrator can settle this."))
        settle.clicked.connect(self.settle)
        self.box.addWidget(settle)

    def ask_tell(self, roster: str) -> None:
        self.tell.emit(roster)


class _Choice(QWidget):
    """One rival, with the button that says it counts."""

    def __init__(self, card: RivalsCard, number: int, rival: Rival, *, tells: bool) -> None:
        super().__init__()
        self._card, self._rival = card, rival
        column = bare_column(self, sizes(self).xs)
        column.addWidget(strong(self.tr("{number}. Written by {name}").format(number=number, name=rival.author)))
        for line in points(rival.told):
            column.addWidget(line)
        column.addWidget(digest(rival.id, shown=16))
        if tells:
            said = self.tr("Say that number {number} counts").format(number=number)
            button = small_button(self.tr("This one counts…"), said)
            button.clicked.connect(self._on_tell)
            column.addWidget(button)

    def _on_tell(self) -> None:
        self._card.ask_tell(self._rival.id)


class BareCard(Card):
    """A version without a checkpoint of the records team: the task for whom can sign one, a word for all others."""

    sign = Signal()

    def __init__(self, item: Bare) -> None:
        super().__init__()
        before = item.version - 1
        title = (
            self.tr("Roster version {version} needs your checkpoint")
            if item.mine
            else self.tr("Roster version {version} has no checkpoint yet")
        )
        about = self.tr(
            "Until the records team has signed one, a majority of the administrators of version {before} could still "
            "undo it, also those who have left since."
        )
        self.box.addWidget(NoticePanel(title.format(version=item.version), about.format(before=before), Tone.WARN))
        if item.mine:
            button = small_button(self.tr("Sign a checkpoint…"), self.tr("Sign the checkpoint it needs"))
            button.setProperty("role", "primary")
            button.clicked.connect(self.sign)
            self.box.addWidget(button)
        elif item.names:
            self.box.addWidget(quiet(self.tr("Can sign it: {names}").format(names=", ".join(item.names))))
        else:
            nobody = self.tr("Version {before} lists nobody who keeps records, so nobody can sign it.")
            self.box.addWidget(quiet(nobody.format(before=before)))


class MoreLateCard(Card):
    """How many more came too late: somebody may write as many as they like, and the page stays short."""

    def __init__(self, count: int) -> None:
        super().__init__()
        said = self.tr("%Ln more versions came too late. The command “countersign roster show” lists them.", "", count)
        self.box.addWidget(quiet(said))


class UnreadCard(Card):
    """A version whose people have not arrived."""

    def __init__(self, item: UnreadVersion) -> None:
        super().__init__()
        self.box.addWidget(
            strong(self.tr("Version {version} waits for its list of people").format(version=item.version))
        )
        self.box.addWidget(quiet(self.tr("Written by {name}").format(name=item.author)))
        self.box.addWidget(quiet(self.tr("Nothing signed under it counts before that. Fetch from the exchange.")))
        self.box.addWidget(digest(item.file, shown=16))


class TooLateCard(Card):
    """A version that counts for nothing, and why."""

    def __init__(self, item: TooLate) -> None:
        super().__init__()
        self.box.addWidget(strong(self.tr("Another version {version} came too late").format(version=item.version)))
        self.box.addWidget(quiet(self.tr("Written by {name}").format(name=item.author)))
        for line in points(item.told):
            self.box.addWidget(line)
        about = self.tr(
            "It counts for nothing: the records team had signed a checkpoint that covers the version by {name}, and not "
            "this one. If you expected it to count, ask who signed it."
        )
        self.box.addWidget(quiet(about.format(name=item.ahead)))
        self.box.addWidget(digest(item.id, shown=16))
