"""What paper cannot show, asked by every screen before something is signed: which of its texts hold characters without a font."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from ui.jobs import JobTask
from ui.widgets.signing_sheet import SignedLine, Subject

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session

Texts: TypeAlias = tuple[tuple[str, str], ...]
"""Each with what its place is called."""

_PRINTED = frozenset(map(chr, (*range(0xAD), *range(0xAE, 0x250), *range(0x2010, 0x2028), *range(0x2030, 0x203B))))
"""What the fonts of every edition have, so that no font is read for most texts; a test compares. A soft hyphen is drawn as nothing."""


def texts_of(subject: Subject) -> Texts:
    """The texts of a subject that need a look, by the label of their line or of the one they go on from."""
    return () if subject.on_paper else tuple(_unsure(_labelled((*subject.lines, *subject.grounds))))


def said_on_paper(_: JobTask, session: Session, texts: Texts) -> str:
    """What to say of them before they are signed; empty for nothing. Runs on any lane."""
    from intake.domain.base.wording import words
    from intake.services.installation.unprinted import on_paper

    return words(on_paper(session.installation.printer, texts))


def _labelled(lines: Iterable[SignedLine]) -> Iterator[tuple[str, str]]:
    label = ""
    for line in lines:
        label = line.label or label
        if not line.is_digest:
            yield label, line.value


def _unsure(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((label, text) for label, text in texts if not _PRINTED.issuperset(text))
