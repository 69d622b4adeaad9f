"""The calendar file: as another program reads it, the same bytes for the same days, and nothing of its own from what people wrote."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from intake.domain.base.reasons import reason_of
from intake.domain.case.due_days import _EXPIRY, DueDay
from intake.formats.calendar_file import calendar_file

DAY = date(2027, 6, 30)
HOSTILE = (
    "Notes\r\nATTENDEE:mailto:eve@example.org",
    "Notes\nEND:VEVENT\nBEGIN:VALARM\nACTION:EMAIL",
    "Notes\rDTSTART:20200101",
    "Notes\u2028URL:https://example.org\x00\x0b",
    '=HYPERLINK("https://example.org")',
    'Notes; CN="x", \\n:',
)


def due(title: str, day: date = DAY, name: str = "end-1") -> DueDay:
    return DueDay(name, day, "UC-7KQ2-91MD-4XTB", _EXPIRY(title=title))


def events(data: bytes) -> list:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_an_event_lasts_all_day_and_has_a_stable_name() -> None:
    (event,) = events(calendar_file([due("Meeting notes")]))

    assert (event.decoded("dtstart"), event.decoded("dtend")) == (DAY, date(2027, 7, 1))
    assert event.decoded("dtstamp") == datetime(2027, 6, 30, tzinfo=UTC)
    assert str(event["uid"]) == "end-1@countersign.invalid"
    assert str(event["summary"]) == "The approval ends: Meeting notes"


def test_the_order_in_which_days_come_makes_no_other_file() -> None:
    days = [due("A", DAY, "b"), due("B", DAY, "a"), due("C", date(2027, 1, 1), "c")]

    assert calendar_file(days) == calendar_file(days[::-1])
    assert calendar_file([]).startswith(b"BEGIN:VCALENDAR\r\n")


def test_the_last_day_there_is_can_be_written() -> None:
    (event,) = events(calendar_file([due("Notes", date.max)]))

    assert event.decoded("dtstart") == date.max
    assert "dtend" not in event


@pytest.mark.parametrize("title", HOSTILE)
def test_what_people_wrote_begins_no_property(title: str) -> None:
    data = calendar_file([due(title)])

    (event,) = events(data)
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}
    assert event.subcomponents == []
    assert str(event["summary"]).startswith("The approval ends: ")
    assert not {"\n", "\r", "\x00", "\u2028"} & set(str(event["summary"]))


@given(title=st.text(max_size=200))
def test_no_text_breaks_out_of_its_event(title: str) -> None:
    data = calendar_file([due(title), due("Meeting notes", name="end-2")])

    assert [str(event["uid"]) for event in events(data)] == ["end-1@countersign.invalid", "end-2@countersign.invalid"]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_a_sentence_of_another_version_is_written_all_the_same() -> None:
    (event,) = events(calendar_file([DueDay("x", DAY, "UC", reason_of("FromTheFuture", {}))]))

    assert "FromTheFuture" in str(event["summary"])
