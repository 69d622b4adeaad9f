"""The playbook in use, and the one this program brings when the roster does not accept it yet: its card and its reading.

A newer program changes nothing by itself: people are asked and judged by what their administrators accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.theme import Tone
from ui.widgets.labels import Label, digest, quiet, strong
from ui.widgets.links import LinkButton
from ui.widgets.panels import Card, NoticePanel, own_size_button
from ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from intake.domain.playbook.differences import PlaybookDifference
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class PlaybookFacts:
    """``offered`` names the playbook this program brings while it is not accepted; ``own`` is an overlay in use.

    ``differences`` are what the offered one changes of the one in use.
    ``needs_newer`` says that an accepted playbook is left aside because only a newer version can judge by it.
    """

    title: str
    digest: str
    offered: str
    offered_digest: str
    own: bool
    needs_newer: bool
    differences: tuple[PlaybookDifference, ...] = ()


def in_use(session: Session) -> PlaybookFacts:
    """Read on the register lane."""
    from intake.domain.playbook.differences import playbook_differences
    from intake.services.organisation import playbooks

    installation = session.installation
    current, core = installation.shelf.current, installation.shelf.core
    waits = {item.digest for item in playbooks.waiting(installation)}
    offered = current.digest != core.digest and not installation.shelf.accepts(core.digest) and core.digest not in waits
    return PlaybookFacts(
        title=f"{current.title} ({current.version})",
        digest=current.digest,
        offered=f"{core.title} ({core.version})" if offered else "",
        offered_digest=core.digest if offered else "",
        own=current.id != core.id,
        differences=playbook_differences(current, core) if offered else (),
        needs_newer=any(item.needs_newer for item in playbooks.known(installation)),
    )


class PlaybookCard(Card):
    """``accept`` is emitted when the administrator wants to sign, ``own`` when somebody wants to add to the playbook."""

    accept = Signal()
    own = Signal()

    def __init__(self, found: PlaybookFacts, *, may: bool, why: str = "") -> None:
        """``why`` says what keeps administrators from accepting now."""
        super().__init__()
        self.box.addWidget(quiet(self.tr("New use cases are asked by")))
        self.box.addWidget(strong(found.title))
        line = QHBoxLayout()
        line.addWidget(quiet(self.tr("SHA-256")))
        line.addWidget(digest(found.digest), 1)
        self.box.addLayout(line)
        if found.needs_newer:
            text = self.tr("Another accepted playbook needs a newer version of Countersign, and is not used here.")
            self.box.addWidget(Label(text, tone=Tone.WARN))
        own = LinkButton("", self.tr("Your own playbook"))
        own.clicked.connect(self.own)
        self.box.addWidget(own)
        if not found.offered:
            return
        title = self.tr("This program brings {title}").format(title=found.offered)
        if found.own:
            text = self.tr(
                "Your own playbook extends an older one. Check its folder again to make it extend this one, then "
                "accept the result. Until then nothing changes."
            )
            self.box.addWidget(NoticePanel(title, text, Tone.INFO))
            return
        text = self.tr("Use cases are asked and judged by it once the administrators accept it. Drafts keep theirs.")
        self.box.addWidget(NoticePanel(title, text, Tone.INFO))
        button = own_size_button(self.tr("Accept this playbook"), name=title)
        button.setEnabled(may)
        button.setToolTip("" if may else plain_tip(why or self.tr("Only an administrator can accept a playbook.")))
        button.clicked.connect(self.accept)
        self.box.addWidget(button)
