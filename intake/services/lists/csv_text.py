"""Text as the cells of a CSV file (RFC 4180) that no spreadsheet takes for anything else.

What somebody wrote may begin as a formula does, and then a spreadsheet that opens the file would compute it, fetch something or
start a program. Such text gets an apostrophe in front, the mark by which spreadsheets know text; nothing else of it changes. A
program that wants the text back takes one apostrophe away where one of ``STARTERS`` follows it, behind quotes and what is not
seen.

All cells are in quotes. Where the separator of the country is a semicolon or a tab, a spreadsheet splits lines there in spite
of the quotes, and each piece begins a cell: so the apostrophe also comes behind these, and behind line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

STARTERS = "=+-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b"
"""What a formula may begin with, also as wide or small forms, which some programs make plain ones of, and the minus sign."""

ENCODING_MARK = "\ufeff".encode()
"""Says that the file is UTF-8: without it some spreadsheets read it by the code page of the country."""

_SPLITS = r";\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029"
# Before it may be what is not seen: programs pass over it, or drop it. Behind a split a quote opens and closes a cell, too.
_UNSEEN = rf"(?:(?![{_SPLITS}])[\s\x00-\x20\"\x7f-\xa0\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff])*"
_BEGINS = re.compile(rf"(^|[{_SPLITS}])({_UNSEEN}[{re.escape(STARTERS)}])")
_BLANK = re.compile(r"^[\t\r\n]")


def csv_line(cells: Iterable[str]) -> bytes:
    """One line of the file."""
    return (",".join('"' + as_text(cell).replace('"', '""') + '"' for cell in cells) + "\r\n").encode()


def as_text(cell: str) -> str:
    """A cell that stays text: with apostrophes where it, or a piece of it, would begin as a formula or with a tab or line end."""
    safe = _BEGINS.sub(r"\1'\2", cell)
    return f"'{safe}" if _BLANK.match(safe) else safe
