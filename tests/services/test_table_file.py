"""A list as a file: exactly what is listed, in its order, whole or not at all, however long it is."""

from __future__ import annotations

import csv
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from intake.domain.case.due import next_due, press_key
from intake.files import NotWritten
from intake.register.refusals import UnsearchableText
from intake.register.views import projections, whole_list
from intake.register.views.rows import ListOrder
from intake.services.lists import cases, inbox
from intake.services.lists.csv_text import STARTERS
from intake.services.lists.inbox import InboxQuery, InboxReader
from intake.services.lists.table_file import COLUMNS, ListedCases, write_cases, write_inbox
from tests.register.test_lists import fill
from tests.services.offices import Offices


def read(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True), strict=True))


def ids(rows: Sequence[dict[str, str]]) -> list[str]:
    return [row["case"] for row in rows]


def test_the_file_holds_what_the_list_shows_in_its_order(offices: Offices, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(whole_list, "STEP", 7)
    dan, target = offices.installations["dan"], tmp_path / "list.csv"
    fill(dan.register, 230)

    for sort in ListOrder:
        for filters, text in (((), ""), ((("tier", "high"), ("turn", "cio")), ""), ((), "invoice")):
            for backwards in (False, True):
                place = cases.PlaceInList(limit=1000, backwards=backwards)
                shown = cases.page(dan, place, sort=sort.value, text=text, filters=filters)
                count = write_cases(dan, target, ListedCases(text, filters, sort.value, backwards))
                assert ids(read(target)) == [row.case for row in shown.rows]
                assert count == shown.total


def test_days_are_iso_codes_are_codes_and_people_have_their_names(offices: Offices, tmp_path: Path) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan, target = offices.installations["dan"], tmp_path / "list.csv"
    row = cases.one(dan, case)
    assert row is not None
    due = next_due(row)
    assert due is not None

    write_cases(dan, target, ListedCases())
    (found,) = read(target)

    assert list(found) == list(COLUMNS)
    assert (found["owner"], found["owner_name"], found["filed"]) == ("ada", "Ada", row.filed.isoformat())
    assert (found["due"], found["due_what"], found["due_of"]) == (due.day.isoformat(), "opinion", "cio ciso")
    assert (found["stage_asked"], found["turn"], found["decided"]) == (row.asked, "cio ciso", "")
    assert found["last_move"].endswith("+00:00")


@pytest.mark.attack("formulas in a table for spreadsheets", refusal="it stays text, with an apostrophe in front")
@pytest.mark.parametrize("begins", STARTERS)
def test_nothing_that_somebody_wrote_begins_a_formula(offices: Offices, tmp_path: Path, begins: str) -> None:
    dan, target = offices.installations["dan"], tmp_path / "list.csv"
    (made,) = fill(dan.register, 1)
    written = f"{begins}HYPERLINK(1)"
    with dan.register._database.write() as connection:
        projections.write_row(
            connection, 1, replace(made, title=written, unit=written, owner=written, turn=(), clock=None, due_text=written,
                                   due=made.filed, due_what="condition", due_of=written),
        )  # fmt: skip

    write_cases(dan, target, ListedCases())
    (found,) = read(target)

    assert found["title"] == found["unit"] == found["owner"] == found["due_text"] == found["due_of"] == f"'{written}"
    assert not any(value[:1] in tuple(STARTERS) for value in found.values())


def test_chosen_cases_are_written_alone_in_the_order_of_the_list(offices: Offices, tmp_path: Path) -> None:
    dan, target = offices.installations["dan"], tmp_path / "list.csv"
    made = sorted(fill(dan.register, 40), key=press_key)

    count = write_cases(dan, target, ListedCases(chosen=(made[9].case, made[3].case, "gone" * 16)))

    assert (count, ids(read(target))) == (2, [made[3].case, made[9].case])


@pytest.mark.parametrize("group", [inbox.MINE, inbox.OTHERS, inbox.DUE])
@pytest.mark.parametrize("backwards", [False, True])
def test_each_group_of_the_inbox_is_written_as_it_is_shown(
    offices: Offices, tmp_path: Path, group: str, *, backwards: bool
) -> None:
    dan, target = offices.installations["dan"], tmp_path / "inbox.csv"
    fill(dan.register, 120)
    who = InboxReader("dan", "ciso", offices.clock.now.date())
    query = InboxQuery(group, "title", filters=(("tier", "high"),))
    shown = inbox.page(dan, who, query, cases.PlaceInList(limit=1000, backwards=backwards))

    count = write_inbox(dan, target, who, query, backwards=backwards)

    assert (count, ids(read(target))) == (shown.total, [row.case for row in shown.rows])


class Stopped(Exception):
    pass


def test_a_cancelled_file_leaves_the_one_that_was_there(offices: Offices, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(whole_list, "STEP", 10)
    dan, target = offices.installations["dan"], tmp_path / "list.csv"
    fill(dan.register, 60)
    target.write_bytes(b"before")
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int, _: str) -> None:
        told.append((done, total))
        if done >= 30:
            raise Stopped

    with pytest.raises(Stopped):
        write_cases(dan, target, ListedCases(), stop)

    assert told == [(0, 60), (10, 60), (20, 60), (30, 60)]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["list.csv"]
    assert target.read_bytes() == b"before"


def test_where_nothing_can_be_written_it_says_so(offices: Offices, tmp_path: Path) -> None:
    with pytest.raises(NotWritten):
        write_cases(offices.installations["dan"], tmp_path / "no" / "list.csv", ListedCases())
    with pytest.raises(UnsearchableText):
        write_cases(offices.installations["dan"], tmp_path / "list.csv", ListedCases("a " * 40))


def test_what_moves_while_it_is_written_is_neither_doubled_nor_lost(
    offices: Offices, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(whole_list, "STEP", 10)
    dan, target = offices.installations["dan"], tmp_path / "list.csv"
    made = fill(dan.register, 60)
    expected = [row.case for row in sorted(made, key=press_key)]

    def move(done: int, _: int, __: str) -> None:
        if done == 20:
            with dan.register._database.write() as connection:
                for pk, row in enumerate(made, start=1):
                    projections.write_row(connection, pk, replace(row, turn=(), clock=None, due=None))

    write_cases(dan, target, ListedCases(), move)

    assert ids(read(target)) == expected


@pytest.mark.exhaustive
def test_a_long_list_takes_no_more_memory_than_a_short_one(offices: Offices, tmp_path: Path) -> None:
    dan, target = offices.installations["dan"], tmp_path / "list.csv"
    fill(dan.register, 1500)
    write_cases(dan, target, ListedCases())
    tracemalloc.start()
    write_cases(dan, target, ListedCases())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 2 << 20
    assert target.stat().st_size > 300_000
