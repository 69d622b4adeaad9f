"""The working days of the organisation: what is in force, the free days of a country as a proposal, and taking them over.

Free days are signed data, so nobody’s computer decides by which day something is due. What a country’s free days are is looked up
in a library, on request and without a network; an administrator takes them over, and may leave some out or add others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import on_day
from intake.domain.organisation import changes
from intake.domain.organisation.roster import Roster
from intake.domain.organisation.working_days import (
    FREE_DAYS_RULE,
    MOST_FREE_DAYS,
    WEEKDAY_NAMES,
    WEEKDAYS_RULE,
    free_day,
    free_line,
    free_lines,
)
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation import people
from intake.services.organisation.people import RosterChange


class NoFreeDaysKnown(Refusal):
    what = "No free days of {place} are known."
    why = "Countries are named by their two letters, such as DE, and their parts by the code of ISO 3166-2, such as BY."
    next = "Correct the code, or list the free days one by one."


class NoWeekday(Refusal):
    what = "“{given}” is no weekday."
    why = "At least one day of the week has to be a working day, or nothing would ever be due."
    next = "Use {names}."


class NoFreeDay(Refusal):
    what = "“{given}” does not begin with a day."
    why = "A free day is written as 2026-12-25, with its name behind it if it has one."
    next = "Correct it."


class NotFreeBefore(Refusal):
    what = "{day} is no free day."
    why = "Only what is listed as free can become a working day again."
    next = "Look at the free days, and choose again."


class TooManyFreeDays(Refusal):
    what = "These are {count} free days; a roster holds {limit}."
    why = "Every program reads them whenever it counts."
    next = "Take over fewer years, or leave out days that are past."


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """``weekdays`` are those on which people work, in the order of the week; ``free`` are the free days with their names."""

    weekdays: tuple[str, ...]
    free: Mapping[date, str]


def in_force(installation: Installation) -> WorkingCalendar:
    """What counts here; of free days the names that the newest roster gives them."""
    found, newest = installation.workdays, installation.rosters.newest
    names = free_lines(newest.policy) if newest else {}
    return WorkingCalendar(
        tuple(name for place, name in enumerate(WEEKDAY_NAMES) if place in found.weekdays),
        {day: names.get(day, "") for day in sorted(found.free)},
    )


def proposed(country: str, region: str, years: Iterable[int]) -> Mapping[date, str]:
    """The free days of a country, or of a part of it, by their names there. Raises NoFreeDaysKnown."""
    # Only here: it is for the administrator who asks, and has a module for every country.
    import holidays

    code, part = country.strip().upper(), region.strip().upper()
    place = f"{code}-{part}" if part else code
    if part not in ("", *holidays.list_supported_countries().get(code, ())) or not code:
        raise NoFreeDaysKnown(place=place)
    try:
        kind = getattr(holidays, code)
        found = kind(subdiv=part or None, years=sorted(set(years)), language=kind.default_language)
    except (AttributeError, NotImplementedError, ValueError, OverflowError):
        raise NoFreeDaysKnown(place=place) from None
    return dict(sorted(found.items()))


def changed(
    now: WorkingCalendar, weekdays: Iterable[str], free: Iterable[str], working: Iterable[date]
) -> WorkingCalendar:
    """With other weekdays, if any are given, more free days (lines such as “2026-12-24 Closed”) and fewer.

    Raises NoWeekday, NoFreeDay, NotFreeBefore or TooManyFreeDays.
    """
    names = [name.strip().lower() for name in weekdays]
    if unknown := [name for name in names if name not in WEEKDAY_NAMES]:
        raise NoWeekday(given=unknown[0], names=", ".join(WEEKDAY_NAMES))
    days = dict(now.free)
    for line in free:
        day = free_day(line.strip())
        if day is None:
            raise NoFreeDay(given=line)
        days[day] = " ".join(line.strip()[len(day.isoformat()) :].split())
    for day in working:
        if days.pop(day, None) is None:
            raise NotFreeBefore(day=on_day(day))
    if len(days) > MOST_FREE_DAYS:
        raise TooManyFreeDays(count=len(days), limit=MOST_FREE_DAYS)
    week = tuple(name for name in WEEKDAY_NAMES if name in names) or now.weekdays
    return WorkingCalendar(week, dict(sorted(days.items())))


def to_set(installation: Installation, author: str, wanted: WorkingCalendar) -> Roster:
    """The next version with this calendar. Raises what ``people.in_force`` raises."""
    following = changes.following(people.in_force(installation, author))
    lines = tuple(free_line(day, name) for day, name in wanted.free.items())
    policy = {**following.policy, WEEKDAYS_RULE: wanted.weekdays, FREE_DAYS_RULE: lines}
    return replace(following, policy=policy)


def set_calendar(installation: Installation, signer: PersonWithKey, wanted: WorkingCalendar) -> RosterChange:
    """Write and endorse the next version with this calendar. Raises what ``to_set`` and ``people.publish`` raise."""
    return people.publish(installation, signer, to_set(installation, signer.person, wanted))
