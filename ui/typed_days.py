"""A day as somebody types it: as days are shown here, in numbers in the order of this country, or as the acts write it.

What could be read in two ways is read in the order of the locale, and a field then shows it with the month by name. Years have
four digits: two could be of any century.
"""

from __future__ import annotations

import re
from datetime import date

from ui.formatting import day_in_form, month_first, month_names

_COMPACT = re.compile(r"\d{8}")
_NUMBERS = re.compile(r"(\d{1,4})\s*[-./\s]\s*(\d{1,2})\s*[-./\s]\s*(\d{1,4})[.]?")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[.]?\s+([^\W\d]+)[.,]{0,2}\s+(\d{4})", re.IGNORECASE)
_NAME_FIRST = re.compile(r"([^\W\d]+)[.]?\s+(\d{1,2})(?:st|nd|rd|th)?[.,]?\s+(\d{4})", re.IGNORECASE)
_MONTHS = range(1, 13)


def typed_day(text: str) -> date | None:
    """The day that is meant; None for what is no day."""
    said = " ".join(text.split())
    if _COMPACT.fullmatch(said):
        return _day(said[:4], said[4:6], said[6:])
    if found := _NUMBERS.fullmatch(said):
        return _in_numbers(*found.groups())
    if found := _NAMED.fullmatch(said):
        return _day(found[3], _month(found[2]), found[1])
    if found := _NAME_FIRST.fullmatch(said):
        return _day(found[3], _month(found[1]), found[2])
    return day_in_form(said)


def _in_numbers(first: str, second: str, third: str) -> date | None:
    if len(first) == 4:
        return _day(first, second, third)
    if len(third) != 4 or len(first) > 2:
        return None
    return _day(third, first, second) if month_first() else _day(third, second, first)


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month by its name, in the language spoken or in English; 0 for none."""
    wanted = _bare(name)
    return next((month for month in _MONTHS if wanted in map(_bare, month_names(month))), 0)


def _bare(name: str) -> str:
    return name.casefold().rstrip(".")
