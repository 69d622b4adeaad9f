"""An act or a signature may claim any moment of the years 1 to 9999; every screen must still open."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from intake.domain.base.days import days_after, in_utc
from tests.odd_files import POSIX
from ui.formatting import exact_moment, moment_words, recent_words, time_words

LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
FIRST = datetime(1, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)

pytestmark = [
    POSIX,
    pytest.mark.attack("a moment beyond every calendar", refusal="shown as the act writes it, in UTC"),
]


@pytest.fixture(params=["Europe/Berlin", "America/New_York"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_zone", "qapp")
@pytest.mark.parametrize("at", [LAST, FIRST])
def test_every_moment_has_words(at: datetime) -> None:
    said = (moment_words(at), recent_words(at, NOW), recent_words(NOW, at), time_words(at), exact_moment(at))

    assert all(said)


@pytest.mark.usefixtures("qapp")
def test_a_moment_with_no_local_time_is_shown_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        assert moment_words(LAST) == recent_words(LAST, NOW) == "9999-12-31 23:59 UTC"
        assert time_words(LAST) == "23:59 UTC"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_claimed_time_beyond_utc_is_none_and_a_day_past_the_last_is_the_last() -> None:
    beyond = LAST.replace(tzinfo=timezone(timedelta(hours=-1)))

    assert in_utc(beyond) is None
    assert exact_moment(beyond) == beyond.isoformat()
    assert days_after(date(9999, 12, 30), 30) == date.max
    assert days_after(date(2026, 11, 29), 2) == date(2026, 12, 1)
