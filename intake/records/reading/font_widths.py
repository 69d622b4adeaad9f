"""How wide the letters of a font are, as its own program says: what a look states beside it has to be the same.

Readers place words by the widths that a file states, draw letters by the font, and put words in order by both. Where the two differ,
they show one signature in different words. Read are the four tables that say it, in the forms that subsets are written in
(ISO/IEC 14496-22, 5.2.1 cmap format 6, 5.2.3 head, hhea, hmtx).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from struct import error, unpack_from

PER_EM = 1000
"""The unit of widths in a file: so many make the size of the font."""


def widths_of(program: bytes, codes: Sequence[int]) -> tuple[int, ...]:
    """The widths of these character codes, rounded. Raises ValueError for a font that is in another form."""
    try:
        tables = _tables(program)
        (units,) = unpack_from(">H", program, tables[b"head"] + 18)
        (count,) = unpack_from(">H", program, tables[b"hhea"] + 34)
        first, glyphs = _glyphs(program, tables[b"cmap"])
        found = []
        for code in codes:
            glyph = glyphs[code - first] if 0 <= code - first < len(glyphs) else 0
            (advance,) = unpack_from(">H", program, tables[b"hmtx"] + 4 * min(glyph, count - 1))
            found.append(round(advance * PER_EM / units))
    except (KeyError, ZeroDivisionError, error) as wrong:
        raise ValueError(str(wrong)) from None
    return tuple(found)


def are_its_own(stated: Sequence[int | Decimal], program: bytes, first: int) -> bool:
    """Whether the widths stated from the code ``first`` on are those of the font, but for how they were rounded."""
    try:
        own = widths_of(program, range(first, first + len(stated)))
    except ValueError:
        return False
    return all(abs(float(said) - found) <= 1 for said, found in zip(stated, own, strict=True))


def _tables(program: bytes) -> dict[bytes, int]:
    (count,) = unpack_from(">H", program, 4)
    rows = (unpack_from(">4sLLL", program, 12 + 16 * number) for number in range(count))
    return {name: offset for name, _, offset, _ in rows}


def _glyphs(program: bytes, table: int) -> tuple[int, tuple[int, ...]]:
    """The first code and the glyphs from there on, by the only table of characters, in format 6."""
    _, count = unpack_from(">HH", program, table)
    _, _, offset = unpack_from(">HHL", program, table + 4)
    form, _, _, first, length = unpack_from(">HHHHH", program, table + offset)
    if (count, form) != (1, 6) or length > 256:
        raise ValueError("its characters are in another form")
    return first, unpack_from(f">{length}H", program, table + offset + 10)
