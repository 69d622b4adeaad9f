"""Numbers, days, times and sizes as people here write them: every screen asks this file, and it asks the locale.

``ui.language`` sets which locale that is. What the record writes the same for everybody has its own two functions.
"""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QTime

from intake.domain.base.days import in_utc
from ui.texts import Texts

_FOUR_DIGITS = 1000


def number_words(value: int) -> str:
    """A whole number with its thousands set apart."""
    return QLocale().toString(value)


def size_words(count: int) -> str:
    """A number of bytes as people say it: "1.2 MB"."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def day_words(value: date | None) -> str:
    """A day in short, its month by name so that no two orders can be confused; empty for none."""
    if value is None:
        return ""
    # A year of fewer digits would be read as another one.
    return QLocale().toString(_day(value), day_form()) if value.year >= _FOUR_DIGITS else value.isoformat()


def day_form() -> str:
    """How a day is written on screen, in the letters of ``QLocale.toString``."""
    return FormatTexts.tr("d MMM yyyy", "a day, in the letters of QLocale.toString")


def day_in_form(text: str) -> date | None:
    """The day that a text in exactly this form says; None for anything else."""
    read = QLocale().toDate(text, day_form())
    return date(read.year(), read.month(), read.day()) if read.isValid() and read.year() >= 1 else None


def month_first() -> bool:
    """Whether a day in numbers begins with the month here, where it does not begin with the year."""
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return 0 <= short.find("M") < short.find("d")


def month_names(month: int) -> frozenset[str]:
    """What a month (1 to 12) is called here and in English, long and short."""
    forms = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    return frozenset(
        name(month, form)
        for locale in (QLocale(), QLocale.c())
        for form in forms
        for name in (locale.monthName, locale.standaloneMonthName)
    )


def long_day(value: date) -> str:
    """A day in full, with its weekday."""
    return QLocale().toString(_day(value), QLocale.FormatType.LongFormat)


def time_words(at: datetime) -> str:
    """The time of day in this computer's time zone; in UTC, as the acts write it, where there is none here."""
    local = _local(at)
    if local is None:
        return f"{at:%H:%M} UTC"
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def moment_words(at: datetime | None) -> str:
    """A day and time in this computer's time zone; as the acts write it where there is none here; empty for none."""
    if at is None:
        return ""
    local = _local(at)
    if local is None:
        return exact_moment(at)
    return FormatTexts.tr("{day}, {time}").format(day=day_words(local.date()), time=time_words(at))


def recent_words(at: datetime, now: datetime) -> str:
    """A moment of today by its time, another by its day and time."""
    local, here = _local(at), _local(now)
    if local is None or here is None:
        return exact_moment(at)
    if local.date() == here.date():
        return FormatTexts.tr("Today {time}").format(time=time_words(at))
    return FormatTexts.tr("{day} {time}").format(day=day_words(local.date()), time=time_words(at))


def exact_moment(at: datetime) -> str:
    """A moment as the acts write it, the same everywhere: "2026-11-29 14:05 UTC"."""
    moment = in_utc(at)
    return at.isoformat() if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"


def _local(at: datetime) -> datetime | None:
    """The moment in this computer's time zone; None when that is beyond the calendar or the system cannot say.

    Acts and signatures may claim any moment of the years 1 to 9999.
    """
    try:
        return at.astimezone()
    except (OverflowError, OSError, ValueError):
        return None


def _day(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)


class FormatTexts(Texts):
    pass
