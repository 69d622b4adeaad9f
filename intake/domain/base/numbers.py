"""A whole number as people write it: in figures, with thousands set apart as any country does it.

No country is asked which: a sign between groups of three figures can only set thousands apart where a whole number is wanted.
What could be anything else, such as 1.5 or 1,50, is no whole number here.
"""

from __future__ import annotations

import re

_APART = "[,.\u066c'\u2019\u00a0\u2009\u202f ]"
_GROUPED = re.compile(rf"\d{{1,3}}({_APART})\d{{3}}(?:\1\d{{3}})*|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}")
"""The same sign between all groups of three; or, as in India, groups of two before the last three."""

_MOST_DIGITS = 16
"""More than any number that is exact everywhere has; turning a very long text into a number would take very long."""


def whole_number(text: str) -> int | None:
    """The number that was written, zero or more; None for what is none. Figures of every script are understood."""
    text = text.strip()
    plain = re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else text
    return int(plain) if plain.isdecimal() and len(plain) <= _MOST_DIGITS else None
