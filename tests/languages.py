"""A made-up language in which every reason and every refusal says something else than in English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from intake.domain.base import wording
from intake.domain.base.plurals import FORMS, ONE
from intake.domain.base.reasons import Reason


class MadeUp(Mapping[str, str]):
    """Says of every template what ``translate`` makes of it; the names of the facts have to stay."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self._translate = translate

    def __getitem__(self, key: str) -> str:
        return self._translate(wording.sources()[key])

    def __iter__(self) -> Iterator[str]:
        return iter(wording.sources())

    def __len__(self) -> int:
        return len(wording.sources())


@contextmanager
def spoken(catalogue: wording.Catalogue) -> Iterator[None]:
    """Speak it for a while, English afterwards."""
    wording.speak(catalogue)
    try:
        yield
    finally:
        wording.speak(wording.ENGLISH)


FOREIGN = MadeUp(lambda text: f"‹{text}›" if text else "")


def in_words(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(map(wording.words, reasons))


def translatable(key: str) -> str:
    """The key of the English template that one of a catalogue says otherwise; empty when there is none.

    It is the same key, or one of the plural forms that a language has more than English.
    """
    whole, _, form = key.rpartition(".")
    return key if key in wording.sources() else whole if form in FORMS and f"{whole}.{ONE}" in wording.sources() else ""
