"""The working days of an organisation, set by its administrators and counted by everybody."""

from __future__ import annotations

import subprocess
import sys

from tests.commands.house import House

WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday"]


def test_a_country_is_taken_over_by_two_administrators_and_what_is_due_moves(house: House) -> None:
    case = house.file()
    house.sync("ada", "bob", "finn", "dan")
    before = house.ask("dan", "case", "show", case)
    assert house.ask("dan", "roster", "calendar") == {"ok": True, "weekdays": WEEK, "free": [], "change": None}

    proposed = house.ask(
        "bob", "roster", "calendar", "--country", "de", "--region", "by", "--year", "2027", "--propose"
    )
    assert {"day": "2027-01-06", "name": "Heilige Drei Könige"} in proposed["free"]
    assert proposed["change"] is None
    assert house.ask("bob", "roster", "calendar")["free"] == []

    written = house.ask(
        "bob", "roster", "calendar", "--free", f"{before['until']} Closed", "--weekday", "Sunday", "--weekday", "monday",
        "--weekday", "tuesday", "--weekday", "wednesday", "--weekday", "thursday", "--weekday", "friday",
    )  # fmt: skip
    assert written["change"]["in_force"] is False
    house.sync("bob", "finn")
    house.ask("finn", "roster", "endorse", written["change"]["roster"], "--yes")
    house.sync("finn", "dan", "bob")

    assert house.ask("dan", "roster", "calendar")["weekdays"] == [*WEEK, "sunday"]
    assert house.ask("dan", "roster", "calendar")["free"] == [{"day": before["until"], "name": "Closed"}]
    after = house.ask("dan", "case", "show", case)
    assert after["since"] == before["since"]
    assert after["until"] != before["until"]
    assert house.ask("dan", "todo")["items"][0]["until"] == after["until"], "stored rows follow the calendar"
    assert "newer version" not in house.run("dan", "roster", "show").output

    again = house.ask("bob", "roster", "calendar", "--working", before["until"], "--propose")
    assert again["free"] == []


def test_what_names_no_day_or_place_is_refused(house: House) -> None:
    def refused(*words: str) -> str:
        return house.ask("bob", "roster", "calendar", *words, expect=2)["refusal"]["code"]

    assert refused("--country", "XX") == "NoFreeDaysKnown"
    assert refused("--country", "DE", "--region", "ZZ") == "NoFreeDaysKnown"
    assert refused("--country", "os") == "NoFreeDaysKnown"
    assert refused("--free", "Christmas") == "NoFreeDay"
    assert refused("--weekday", "noday") == "NoWeekday"
    assert refused("--working", "2026-12-25") == "NotFreeBefore"
    assert refused("--country", "DE", "--year", "soon") == "NoFreeDay"


def test_no_command_waits_for_a_library_that_it_does_not_need() -> None:
    asked = (
        "import sys, intake.commands.calendar, intake.commands.todo, intake.services.organisation.calendar, "
        "intake.services.lists.todo; sys.exit(bool({'holidays', 'icalendar'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
