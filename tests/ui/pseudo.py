"""A language nobody speaks: every text of the screens with accents, brackets and 40 % more of it.

What is still read in plain letters was not translated, or comes from people, the playbook or the domain; what the
brackets do not close around was cut.
"""

from __future__ import annotations

import re
import string

from PySide6.QtCore import QTranslator

from tests.ui.calls import calls

_PLAIN = string.ascii_lowercase + string.ascii_uppercase
ACCENTED = "áƀćďéḟĝĥíĵķĺṁńóṕʠŕšťúṽŵẋýžÁɃĆĎÉḞĜĤÍĴĶĹṀŃÓṔɊŔŠŤÚṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, ACCENTED)
_KEPT = re.compile(r"(\{[^{}]*\}|%L?n|&(?=\w))")
LONGER = 0.4
OPEN, CLOSE = "⟦", "⟧"


def pseudo(text: str) -> str:
    """The text as this language says it. Fields, counts, mnemonics, and signs and spaces at its ends stay."""
    start, words, end = re.fullmatch(r"(\s*)(.*?)([\s….:]*)", text, re.DOTALL).groups()
    letters = _KEPT.sub("", words)
    if not re.search(r"[^\W\d_]", letters):
        return text
    accented = "".join(part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(words))
    return f"{start}{OPEN}{accented}{_more(len(letters) * LONGER)}{CLOSE}{end}"


def _more(length: float) -> str:
    """So many letters more, the brackets counted, in words of the length words have."""
    left = round(length) - len(OPEN + CLOSE)
    return "".join(" " if number % 7 == 0 else ACCENTED[number % 26] for number in range(left + 1)) if left > 0 else ""


class Pseudo(QTranslator):
    """Says what the source says, and nothing that is not in it: another context, or another text, is not translated."""

    def __init__(self) -> None:
        super().__init__()
        self._known = {(call.context, call.text) for call in calls()}
        self._cache: dict[str, str] = {}

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(self, context: str, text: str, note: str | None = None, n: int = -1) -> str | None:
        # The order of a day's parts is translated too, and is no text.
        if (context, text) not in self._known or text == "d MMM yyyy":
            return None
        return self._cache.setdefault(text, pseudo(text))
