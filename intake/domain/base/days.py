"""Counting with days and moments that others wrote: an act may claim any of the years 1 to 9999."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def days_after(day: date, days: int) -> date:
    """``day`` and so many days more, or fewer; the last day there is, or the first, where the calendar ends before."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def in_utc(at: datetime) -> datetime | None:
    """The same moment in UTC; None for one that is beyond the calendar there."""
    try:
        return at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
