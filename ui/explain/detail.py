"""One explained item in full: what it is, why, what belongs to it, and where it comes from, never as a web address."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.playbook.explained import Citation, Explained, Related, Topic
from ui.explain.words import one_of, why_title
from ui.theme import Tone, sizes
from ui.widgets.blocks import Facts, ScrolledSection
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.panels import Chip


class Detail(ScrolledSection):
    """``followed`` carries the key of something related that was clicked."""

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Reason and sources"))
        self.item: Explained | None = None
        self.links: tuple[QPushButton, ...] = ()

    def show_item(self, item: Explained | None) -> None:
        if item is self.item and item is not None:
            return
        self.item = item
        self.links = ()
        self.clear()
        self.box.setSpacing(sizes(self).m)
        if item is not None:
            self._fill(item)
        self.done()

    def _fill(self, item: Explained) -> None:
        top = QHBoxLayout()
        top.addWidget(Chip(one_of(item.topic), Tone.INFO))
        top.addWidget(quiet(item.group), 1)
        self.box.addLayout(top)
        self.box.addWidget(heading(item.title, 2))
        if item.topic is Topic.QUESTION:
            if item.help:
                self.box.addWidget(quiet(item.help))
        elif item.text:
            self.box.addWidget(Label(item.text))
        self._part(why_title(item.topic), item.why)
        self._part(self.tr("What would lower it"), item.lowered_by)
        pairs = self._pairs(item)
        if pairs:
            self.box.addWidget(Facts(pairs))
        if item.options:
            part = self._titled(self._options_title(item.topic))
            for label, hint in item.options:
                part.addWidget(_line(label, hint))
        self._related(item.related)
        self._sources(item.sources)

    def _part(self, title: str, text: str) -> None:
        if text:
            self._titled(title).addWidget(Label(text))

    def _pairs(self, item: Explained) -> Sequence[tuple[str, str]]:
        pairs = (
            (self.tr("Done by") if item.topic is Topic.CONTROL else self.tr("Owed by"), item.who),
            (self.tr("By when"), item.due),
            (self.tr("Applies from"), item.applies_from),
            (self.tr("Shown by"), "\n".join(item.evidence)),
        )
        return tuple((label, value) for label, value in pairs if value)

    def _options_title(self, topic: Topic) -> str:
        return self.tr("Possible answers") if topic is Topic.QUESTION else self.tr("What it can be")

    def _titled(self, title: str) -> QVBoxLayout:
        """A part of the page under its title."""
        part = QVBoxLayout()
        part.setSpacing(sizes(self).xs)
        part.addWidget(strong(title))
        self.box.addLayout(part)
        return part

    def _related(self, related: Sequence[Related]) -> None:
        if not related:
            return
        lines = self._titled(self.tr("Belongs to"))
        links = []
        for item in related:
            link = QPushButton(item.title)
            link.setProperty("role", "link")
            link.setProperty("key", item.key)
            link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            link.setAccessibleName(self.tr("Explain: {title}").format(title=item.title))
            link.clicked.connect(self._on_link)
            lines.addWidget(link)
            links.append(link)
        self.links = tuple(links)

    def _sources(self, sources: Sequence[Citation]) -> None:
        part = self._titled(self.tr("Where it comes from"))
        for source in sources:
            part.addWidget(_line(source.line, source.identifier))

    def _on_link(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.followed.emit(str(sender.property("key")))


def _line(label: str, hint: str) -> QWidget:
    """Words with quieter words below."""
    row = QWidget()
    box = QVBoxLayout(row)
    box.setContentsMargins(0, 0, 0, sizes(row).xs)
    box.setSpacing(0)
    box.addWidget(Label(label))
    if hint:
        box.addWidget(quiet(hint))
    return row
