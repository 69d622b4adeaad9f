"""Showing a PDF from outside: a worker draws, and what it gives is measured before anybody shows it."""

from __future__ import annotations

from collections.abc import Callable

from intake.domain.base.wording import Wording
from intake.records.preview import MAX_PAGES, MAX_TEXT, Pages, Picture, size
from intake.services.outside.pool import Pool, never
from intake.services.outside.process import Cancel
from intake.services.outside.refusals import AnswerUnusable
from intake.services.proving import tasks

_NO_SIZE = Wording("AnswerPagesWithoutSize", "its pages have no size")
_PICTURE_UNFIT = Wording("AnswerPictureUnfit", "the picture does not fit its size")
_TEXT_UNFIT = Wording("AnswerTextUnfit", "its text does not fit its pages")
_PAGES_AT_ONCE = 25


def pages(pool: Pool, pdf: bytes, cancelled: Cancel = never) -> Pages:
    """Raises a ReadingFailed, FileRefused when it is no PDF that can be shown; or ReadingCancelled."""
    with pool.one_file(cancelled) as file:
        found = file.ask(tasks.pages, pdf)
    if len(found.sizes) > MAX_PAGES or found.more < 0 or any(size(*item) != item for item in found.sizes):
        raise AnswerUnusable(detail=_NO_SIZE())
    return found


def draw(pool: Pool, pdf: bytes, page: int, width: int, cancelled: Cancel = never) -> Picture:
    """One page, ``width`` pixels wide. Raises as ``pages``."""
    with pool.one_file(cancelled) as file:
        found = file.ask(tasks.draw, pdf, page, width)
    if found.page != page or not found.is_sound:
        raise AnswerUnusable(detail=_PICTURE_UNFIT())
    return found


def text(
    pool: Pool, pdf: bytes, count: int, cancelled: Cancel = never, progress: Callable[[int, int], None] | None = None
) -> tuple[str, ...]:
    """The text of the first ``count`` pages. Raises as ``pages``."""
    found: list[str] = []
    with pool.one_file(cancelled) as file:
        for first in range(0, count, _PAGES_AT_ONCE):
            if progress is not None:
                progress(first, count)
            found += file.ask(tasks.text, pdf, first, min(_PAGES_AT_ONCE, count - first))
    if len(found) != count or any(len(item) > MAX_TEXT for item in found):
        raise AnswerUnusable(detail=_TEXT_UNFIT())
    return tuple(found)
