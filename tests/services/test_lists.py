"""The lists of the screens as services give them: walked by anchors that nobody has to understand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.due import press_key, tier_key
from intake.domain.case.phases import phase_on
from intake.register.refusals import UnsearchableText
from intake.register.views import projections, queries
from intake.register.views.queries import Queries
from intake.register.views.rows import CaseRow, ListOrder, RowsPage
from intake.services.filing import filing
from intake.services.installation.installation import Installation
from intake.services.lists import cases, drafts, files, inbox, notes, people, quarantine
from intake.services.lists.cases import PageOfCases, PlaceInList
from intake.services.lists.inbox import InboxQuery, InboxReader
from tests.register.test_lists import fill
from tests.services.offices import Offices

Pages = Callable[[PlaceInList], PageOfCases]


def case_of(row: CaseRow | None) -> str:
    return row.case if row else ""


def walked(pages: Pages, *, limit: int, backwards: bool = False) -> Iterator[str]:
    """Every case of a list, page after page."""
    place = PlaceInList(limit=limit, backwards=backwards)
    while (page := pages(place)).rows:
        yield from (row.case for row in page.rows)
        place = PlaceInList(page.anchor, limit=limit, backwards=backwards)
    assert page.anchor is None


def test_every_order_is_walked_and_jumped_into_from_both_ends(offices: Offices) -> None:
    dan = offices.installations["dan"]
    fill(dan.register, 230)

    for sort in ListOrder:
        forwards = [row.case for row in dan.register.queries.page(sort=sort, limit=1000).rows]
        for backwards, expected in ((False, forwards), (True, forwards[::-1])):
            first = cases.page(dan, PlaceInList(limit=30, backwards=backwards), sort=sort.value)
            jumped = cases.page(dan, PlaceInList(first.anchor, 100, 30, backwards), sort=sort.value)
            beyond = cases.page(dan, PlaceInList(first.anchor, 200, 30, backwards), sort=sort.value)

            pages = partial(cases.page, dan, sort=sort.value)
            assert list(walked(pages, limit=70, backwards=backwards)) == expected
            assert [row.case for row in first.rows] == expected[:30]
            assert [row.case for row in jumped.rows] == expected[130:160]
            assert (beyond.rows, beyond.anchor, beyond.total) == ((), None, 230)


def test_filters_and_words_narrow_every_page_alike(offices: Offices) -> None:
    dan = offices.installations["dan"]
    made = fill(dan.register, 230)
    filters = (("phase", "decided"), ("tier", "high"))
    today = offices.clock.now.date()
    expected = {item.case for item in made if phase_on(item, today) == "decided" and item.tier == "high"}
    found = list(walked(partial(cases.page, dan, filters=filters), limit=4))
    by_words = dan.register.queries.search("invoice", limit=1000).rows
    words = [row.case for row in sorted(by_words, key=press_key)]
    first = cases.page(dan, PlaceInList(limit=5), text="invoice")

    assert (len(found), set(found)) == (len(expected), expected)
    assert list(walked(partial(cases.page, dan, text="invoice"), limit=7)) == words
    assert first.total == len(words)
    assert [row.case for row in cases.page(dan, PlaceInList(first.anchor, 3, 5), text="invoice").rows] == words[8:13]
    with pytest.raises(UnsearchableText):
        cases.page(dan, text="a " * 40)
    with pytest.raises(ValueError, match="colour"):
        cases.page(dan, filters=(("colour", "red"),))


def test_what_ended_is_expired_in_every_filter_and_count_and_decided_in_none(offices: Offices) -> None:
    dan = offices.installations["dan"]
    made = fill(dan.register, 230)
    with dan.register._database.write() as connection:
        # What went on while the owner had not accepted a decision ends as well.
        for place in range(0, len(made), 3):
            if made[place].phase == "decided":
                made[place] = replace(made[place], phase="acceptance")
                projections.write_row(connection, place + 1, made[place])
    ends = sorted(item.expires for item in made if item.phase == "decided" and item.expires)
    offices.clock.now = datetime.combine(ends[len(ends) // 2], time(12), UTC)
    today = offices.clock.now.date()
    for phase in ("expired", "decided", "acceptance"):
        expected = {item.case for item in made if phase_on(item, today) == phase}
        found = cases.page(dan, PlaceInList(limit=1000), filters=(("phase", phase),))
        worded = cases.page(dan, PlaceInList(limit=1000), text="invoice", filters=(("phase", phase),))

        assert {row.case for row in found.rows} == expected != set()
        assert found.total == len(expected) == dict(cases.counts(dan).values["phase"])[phase]
        assert {row.case for row in worded.rows} == expected & {
            row.case for row in dan.register.queries.search("invoice", limit=1000).rows
        }
    with dan.register._database.read() as connection:
        asked = f"EXPLAIN QUERY PLAN {queries._EXPIRED.text()}"
        plan = connection.exec_driver_sql(asked, (today.isoformat(),)).all()
    assert any("case_by_expiry" in row[3] for row in plan), plan


def test_what_words_find_is_sorted_while_it_is_few_and_comes_newest_first_when_it_is_many(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    dan = offices.installations["dan"]
    fill(dan.register, 230)
    found = dan.register.queries.search("invoice", limit=1000).rows

    for sort in ListOrder:
        for backwards in (False, True):
            expected = [row.case for row in cases.sort_rows(found, sort, backwards=backwards)]
            pages = partial(cases.page, dan, text="invoice", sort=sort.value)
            assert list(walked(pages, limit=7, backwards=backwards)) == expected
    monkeypatch.setattr(cases, "SORTED", len(found) - 1)
    assert list(walked(partial(cases.page, dan, text="invoice", sort="title"), limit=7)) == [row.case for row in found]


@pytest.mark.parametrize("sort", list(ListOrder))
def test_rows_at_hand_are_sorted_as_the_register_sorts_them(offices: Offices, sort: ListOrder) -> None:
    dan = offices.installations["dan"]
    fill(dan.register, 230)
    every = dan.register.queries.page(sort=sort, limit=1000).rows

    assert cases.sort_rows(reversed(every), sort) == every
    assert cases.sort_rows(every, sort, backwards=True) == every[::-1]


def test_the_list_of_an_office_is_its_turns_the_most_pressing_first_and_their_number(offices: Offices) -> None:
    dan = offices.installations["dan"]
    made = fill(dan.register, 230)
    expected = [row.case for row in sorted(made, key=press_key) if "ciso" in row.turn]
    who = InboxReader("dan", "ciso", offices.clock.now.date())
    mine = partial(inbox.page, dan, who, InboxQuery(inbox.MINE))

    assert list(walked(mine, limit=9)) == expected
    assert mine(PlaceInList()).total == len(expected)
    by_title = [row.case for row in sorted(made, key=lambda row: row.title) if "ciso" in row.turn]
    sorted_by = partial(inbox.page, dan, who, InboxQuery(inbox.MINE, "title"))
    assert [next(row.title for row in made if row.case == case) for case in walked(sorted_by, limit=50)] == [
        next(row.title for row in made if row.case == case) for case in by_title
    ]


@pytest.mark.parametrize("group", [inbox.MINE, inbox.OTHERS, inbox.DUE])
def test_each_group_is_narrowed_by_words_and_filters_and_sorted_by_its_headings(offices: Offices, group: str) -> None:
    dan = offices.installations["dan"]
    made = {row.case: row for row in fill(dan.register, 230)}
    who = InboxReader("dan", "ciso", date(2026, 12, 1))
    whole = list(walked(partial(inbox.page, dan, who, InboxQuery(group)), limit=40))
    filters = (("tier", "high"), ("unit", "Finance"))

    narrow = list(walked(partial(inbox.page, dan, who, InboxQuery(group, filters=filters)), limit=4))
    named = list(walked(partial(inbox.page, dan, who, InboxQuery(group, text="scoring")), limit=4))
    as_wide = list(walked(partial(inbox.page, dan, who, InboxQuery(group, text="ＳＣＯＲＩＮＧ")), limit=4))
    by_tier = list(walked(partial(inbox.page, dan, who, InboxQuery(group, "tier")), limit=40))

    assert narrow == [case for case in whole if (made[case].tier, made[case].unit) == ("high", "Finance")]
    assert narrow
    assert {case for case in whole if "scoring" in made[case].title} <= set(named) <= set(whole)
    assert as_wide == named
    assert by_tier == sorted(whole, key=lambda case: tier_key(made[case]))


def test_the_next_case_is_the_most_pressing_other_one_that_waits_for_me(offices: Offices) -> None:
    dan = offices.installations["dan"]
    made = fill(dan.register, 90)
    mine = [row.case for row in sorted(made, key=press_key) if "ciso" in row.turn]
    who = InboxReader("dan", "ciso", offices.clock.now.date())
    owner = InboxReader("owner-1", "", offices.clock.now.date())
    own = [row.case for row in sorted(made, key=press_key) if "owner" in row.turn and row.owner == "owner-1"]

    assert case_of(inbox.next_after(dan, who, "")) == case_of(inbox.next_after(dan, who, mine[5])) == mine[0]
    assert case_of(inbox.next_after(dan, who, mine[0])) == mine[1]
    assert case_of(inbox.next_after(dan, owner, own[0])) == own[1]
    assert inbox.next_after(offices.installations["ada"], owner, "") is None
    assert [case_of(inbox.beside(dan, who, mine[3], step)) for step in (1, -1)] == [mine[4], mine[2]]
    assert [case_of(inbox.beside(dan, who, mine[place], step)) for place, step in ((0, -1), (-1, 1))] == ["", ""]
    assert case_of(inbox.beside(dan, who, "not mine", 1)) == mine[0]
    assert [case_of(inbox.beside(dan, owner, own[1], step)) for step in (1, -1)] == [own[2], own[0]]


def test_the_case_beside_is_found_without_reading_the_list(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    dan = offices.installations["dan"]
    made = fill(dan.register, 230)
    mine = [row.case for row in sorted(made, key=press_key) if "ciso" in row.turn]
    who = InboxReader("dan", "ciso", offices.clock.now.date())
    read: list[int] = []
    page = Queries.page

    def counted(self: Queries, **asked: Any) -> RowsPage:
        read.append(asked["limit"])
        return page(self, **asked)

    monkeypatch.setattr(Queries, "page", counted)

    walked = [case_of(inbox.beside(dan, who, case, 1)) for case in mine]

    assert walked == [*mine[1:], ""]
    assert set(read) == {1}


def test_my_use_cases_are_a_filter_and_counted(offices: Offices) -> None:
    dan = offices.installations["dan"]
    made = fill(dan.register, 230)
    mine = {row.case for row in made if row.owner == "owner-1"}

    found = cases.page(dan, PlaceInList(limit=500), filters=(("owner", "owner-1"),))
    searched = cases.page(dan, PlaceInList(limit=500), filters=(("owner", "owner-1"),), text="invoice")

    assert ({row.case for row in found.rows}, found.total) == (mine, len(mine))
    assert {row.case for row in searched.rows} == {
        row.case for row in made if row.case in mine and "invoice" in row.text
    }
    assert cases.page(dan, filters=(("owner", "nobody"),)).total == 0


def test_the_numbers_of_all_cases_are_counted(offices: Offices) -> None:
    dan = offices.installations["dan"]
    made = fill(dan.register, 230)
    expected = [row for row in made if "ciso" in row.turn]

    assert cases.counts(dan).total == 230
    assert dict(cases.counts(dan).values["turn"])["ciso"] == len(expected)


def test_the_inbox_knows_whose_turn_it_is_for_an_office_and_for_an_owner(offices: Offices) -> None:
    fresh, asked, done = offices.file(), offices.file(), offices.file()
    offices.travel("ada", "dan", "cleo")
    offices.decide("dan", asked, Position.CHANGES, reason="Say more.")
    offices.decide("dan", done)
    offices.travel("dan", "cleo", "ada")
    offices.decide("cleo", done)
    offices.travel("cleo", "dan", "ada")
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    owner, office = inbox.reader(ada, "ada"), inbox.reader(dan, "dan")

    assert (owner.office, office.office) == ("", "ciso")
    assert [row.case for row in inbox.owned(ada, owner)] == [asked]
    assert [row.case for row in inbox.others(ada, owner)] == [fresh]
    assert [row.case for row in inbox.page(dan, office, InboxQuery(inbox.MINE), PlaceInList()).rows] == [fresh]
    assert [row.case for row in inbox.others(dan, office)] == [asked]
    assert {row.case: owner.waits_for(row) for row in cases.page(ada).rows} == {fresh: False, asked: True, done: False}
    assert {row.case: office.waits_for(row) for row in cases.page(dan).rows} == {fresh: True, asked: False, done: False}
    assert [office.parties(row) for row in cases.page(dan).rows] == [("ciso",)] * 3
    assert inbox.due(dan, office) == ()
    row = cases.one(dan, done)
    assert row is not None
    assert row.due is not None
    offices.clock.now += row.due - office.today - timedelta(days=1)
    later = inbox.reader(dan, "dan")
    assert [found.case for found in inbox.due(dan, later)] == [done]
    assert inbox.counts(dan, later) == inbox.InboxCounts(1, 1, 1, "ciso")


def test_a_case_is_found_by_what_people_call_it(offices: Offices) -> None:
    case = offices.file()
    ada = offices.installations["ada"]
    row = cases.one(ada, case)
    assert row is not None

    assert cases.called(ada, case) == cases.called(ada, f" {row.reference.lower()} ") == (row,)
    assert cases.called(ada, "UC-0000-0000") == ()
    assert cases.one(ada, "ab" * 32) is None
    assert cases.owner_names(ada, (row,)) == {"ada": "Ada"}
    assert notes.of_case(ada, case) == ()


def test_quarantine_is_walked_and_forgotten(offices: Offices) -> None:
    dan = offices.installations["dan"]
    for number in range(5):
        dan.register.quarantine.put(bytes([number]), UnsearchableText(limit=number), name=f"{number}", source="folder")

    first = quarantine.page(dan, limit=2)
    second = quarantine.page(dan, after=first.anchor, skip=1, limit=2)
    end = quarantine.page(dan, after=second.anchor, limit=2)

    assert [item.name for item in first.rows + second.rows] == ["4", "3", "1", "0"]
    assert (end.rows, end.total) == ((), 5)
    newest = first.rows[0]
    assert quarantine.one(dan, newest.pk) == newest
    assert quarantine.kept_bytes(dan, newest.pk) == b"\x04"
    quarantine.forget(dan, newest.pk)
    assert quarantine.one(dan, newest.pk) is None
    assert quarantine.kept_bytes(dan, newest.pk) is None


def test_a_draft_without_answers_is_gone_on_with(offices: Offices) -> None:
    ada = offices.installations["ada"]
    case = offices.file()
    assert drafts.without_answers(ada, "ada") == drafts.of_case(ada, case) == ""
    empty, again = filing.start(ada, "ada"), filing.start(ada, "ada", case=case)

    assert drafts.without_answers(ada, "ada") == empty
    assert drafts.without_answers(ada, "dan") == ""
    assert drafts.of_case(ada, case) == again
    assert drafts.remove(ada, again).id == again
    assert drafts.of_case(ada, case) == ""
    drafts.undo_remove(ada, again)
    assert {row.id for row in drafts.listed(ada)} == {empty, again}


def test_people_are_found_by_every_word(offices: Offices) -> None:
    ada = offices.installations["ada"]

    assert [item.person for item in people.found(ada)] == ["ada", "bob", "cleo", "dan", "finn"]
    assert [item.person for item in people.found(ada, "A DA")] == ["ada", "dan"]
    assert people.found(ada, "ada nobody") == ()
    assert people.names(ada)["cleo"] == "Cleo"


def test_files_are_given_byte_for_byte_or_not_at_all(offices: Offices) -> None:
    case = offices.file()
    ada = offices.installations["ada"]
    named = _attachments(ada, case)

    assert files.filed_here(ada, (*named, "ab" * 32)) == frozenset(named)
    assert all(files.filed(ada, name) for name in named)
    assert files.filed(ada, "ab" * 32) is None
    assert files.signed_act(ada, case) == ada.register.queries.blob_of_act(case)
    assert files.signed_act(ada, "ab" * 32) is None


def _attachments(installation: Installation, case: str) -> tuple[str, ...]:
    current = installation.folded(case).current
    assert current is not None
    return tuple(item.sha256 for item in current.body.attachments)
