"""Words that carry meaning, the same on both sides of a comparison: for similar use cases and for copied text.

Case, accents, English plurals and the commonest English words make no difference. Scripts that are written without
spaces are cut into overlapping pairs of characters, which find each other as words do. Nothing here counts or compares.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from intake.domain.base.visible import as_sought

MAX_WORD = 40

# Han, kana, Hangul, Thai, Lao, Khmer, Myanmar: written without spaces, or with spaces between phrases only.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_RUN = re.compile(f"[{_UNSPACED}\U00020000-\U0003ffff]+|[^\\W_]+")
_FIRST_UNSPACED = re.compile(f"[{_UNSPACED}\U00020000-\U0003ffff]")
_ACCENTS = re.compile("[\u0300-\u036f]")

_COMMON = frozenset(
    """
    a about above across after again against all also although always am an and another any are as at be became because
    become been before being below between both but by can cannot could did do does doing done down during each either
    etc ever every few first for from further get give given had has have having he her here hers him his how however i
    if in into is it its itself just last less let like made make many may me might more most much must my near need no
    nor not now of off often on once one only onto or other our out over own per please quite rather said same see shall
    she should since so some such than that the their them then there therefore these they this those though through
    thus to too toward two under until up upon us use used user using very via was way we well were what when where
    whether which while who whom whose why will with within without would yet you your
    """.split()
)


def words(text: str) -> list[str]:
    """Every word of ``text`` in order, folded, common words and all."""
    folded = _fold(text)
    runs = _RUN.findall(folded)
    if folded.isascii() or not _FIRST_UNSPACED.search(folded):
        return [run[:MAX_WORD] for run in runs]
    return [word for run in runs for word in _cut(run)]


def telling(text: str) -> list[str]:
    """The words of ``text`` in order without the common ones, plural as singular."""
    return [_singular(word) for word in words(text) if word not in _COMMON]


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", as_sought(text))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", split))


def _cut(run: str) -> Iterator[str]:
    if not _FIRST_UNSPACED.match(run):
        yield run[:MAX_WORD]
    elif len(run) == 1:
        yield run
    else:
        yield from (run[at : at + 2] for at in range(len(run) - 1))


@lru_cache(4096)
def _singular(word: str) -> str:
    """Harman's S-stemmer: enough to bring “notes” to “note”, too little to bring strangers together."""
    if len(word) <= 3 or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]
