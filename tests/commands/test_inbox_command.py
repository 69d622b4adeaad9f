"""What the command prints of the inbox is the list that its file and the window have, however long, and nothing of one's own is lost."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from intake.commands.context import CommandContext
from intake.commands.listing import inbox
from intake.commands.offering import Reply
from intake.register.views import projections
from intake.services.installation.installation import Installation
from intake.services.lists import cases
from intake.services.lists import inbox as lists
from tests.register.test_lists import fill
from tests.services.offices import Offices, founded


@dataclass
class Given:
    installation: Installation

    def who(self) -> str:
        return "dan"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    made = founded(tmp_path)
    yield made
    made.close()


def asked(dan: Installation, target: Path | None = None) -> Reply:
    given: CommandContext = Given(dan)  # type: ignore[assignment]  # all that the command asks of it
    return inbox(given, target)


def test_the_list_that_is_printed_is_the_one_that_is_written_and_shown(offices: Offices, tmp_path: Path) -> None:
    dan = offices.installations["dan"]
    some = fill(dan.register, 700)
    mine = replace(some[0], case="e" * 64, owner="dan", turn=("owner",))
    with dan.register._database.write() as connection:
        connection.exec_driver_sql("INSERT INTO use_case VALUES (?, ?)", (701, mine.case))
        projections.write_row(connection, 701, mine)

    printed = asked(dan)
    asked(dan, tmp_path / "inbox.csv")

    who, query = lists.reader(dan, "dan"), lists.InboxQuery(lists.MINE)
    shown = [row.case for row in lists.page(dan, who, query, cases.PlaceInList(limit=1000)).rows]
    listed = [row["case"] for row in printed.data["cases"]]
    with (tmp_path / "inbox.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [row["case"] for row in csv.DictReader(file)]
    assert len(listed) > 100
    assert listed == written == shown
    assert [row["case"] for row in printed.data["own"]] == [mine.case]
    assert printed.lines[-2] == "As the owner:"
