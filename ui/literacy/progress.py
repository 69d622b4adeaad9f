"""How far somebody has read: kept on this computer, chapter by chapter, until it is signed."""

from __future__ import annotations

from collections.abc import Sequence

from ui.context import WindowSettings
from ui.literacy.work import ChapterText

KEPT = "literacy/read"
"""The setting that keeps what was read: the beginnings of the chapters' digests."""
KEPT_DIGITS = 16


class ReadingProgress:
    """A chapter whose words have changed since counts as not read."""

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings
        self.chapters: Sequence[ChapterText] = ()

    @property
    def unsigned(self) -> tuple[ChapterText, ...]:
        """What this person has not acknowledged, read or not."""
        return tuple(item for item in self.chapters if item.signed is None)

    @property
    def waiting(self) -> tuple[ChapterText, ...]:
        """What is neither acknowledged nor read."""
        return tuple(item for item in self.unsigned if not self.is_read(item))

    @property
    def done(self) -> int:
        """How many chapters are acknowledged or read."""
        return len(self.chapters) - len(self.waiting)

    @property
    def all_read(self) -> bool:
        """Whether something is to be acknowledged, and all of it was read."""
        return bool(self.unsigned) and not self.waiting

    def is_read(self, chapter: ChapterText) -> bool:
        return chapter.digest[:KEPT_DIGITS] in self._settings.text(KEPT).split()

    def keep(self, chapter: ChapterText) -> None:
        """This chapter was read."""
        kept = dict.fromkeys((*self._settings.text(KEPT).split(), chapter.digest[:KEPT_DIGITS]))
        self._settings.set_text(KEPT, " ".join(kept))

    def find(self, name: str) -> ChapterText | None:
        return next((item for item in self.chapters if item.id == name), None)

    def before(self, name: str) -> ChapterText | None:
        """The chapter before this one; None for the first."""
        place = next((number for number, item in enumerate(self.chapters) if item.id == name), 0)
        return self.chapters[place - 1] if place else None

    def following(self, here: ChapterText) -> ChapterText | None:
        """Where to go on: to what waits to be read, or, for who reads again, to the chapter after this one."""
        place = self.chapters.index(here)
        after = tuple(self.chapters[place + 1 :])
        round_from_here = (*after, *self.chapters[:place])
        waiting = self.waiting
        waits = next((item for item in round_from_here if item in waiting), None)
        return waits or (next(iter(after), None) if here.signed is not None else None)
