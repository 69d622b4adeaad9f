"""The lists of the screens as services give them: walked by anchors that nobody has to understand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.register.refusals import UnsearchableText
from intake.register.views.rows import Facet, ListOrder
from intake.services.filing import filing
from intake.services.installation.installation import Installation
from intake.services.lists import cases, drafts, files, inbox, notes, people, quarantine
from intake.services.lists.cases import PageOfCases, PlaceInList
from tests.register.test_lists import fill
from tests.services.offices import Offices

Pages = Callable[[PlaceInList], PageOfCases]


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
    expected = {item.case for item in made if item.phase == "decided" and item.tier == "high"}
    found = list(walked(partial(cases.page, dan, filters=filters), limit=4))
    words = [row.case for row in dan.register.queries.search("invoice", limit=1000).rows]
    first = cases.page(dan, PlaceInList(limit=5), text="invoice")

    assert (len(found), set(found)) == (len(expected), expected)
    assert list(walked(partial(cases.page, dan, text="invoice"), limit=7)) == words
    assert first.total == len(words)
    assert [row.case for row in cases.page(dan, PlaceInList(first.anchor, 3, 5), text="invoice").rows] == words[8:13]
    with pytest.raises(UnsearchableText):
        cases.page(dan, text="a " * 40)
    with pytest.raises(ValueError, match="colour"):
        cases.page(dan, filters=(("colour", "red"),))


def test_the_list_of_an_office_is_its_turns_and_their_number(offices: Offices) -> None:
    dan = offices.installations["dan"]
    fill(dan.register, 230)
    expected = [row.case for row in dan.register.queries.page(filters={Facet.TURN: "ciso"}, limit=1000).rows]

    assert list(walked(partial(cases.of_office, dan, "ciso"), limit=9)) == expected
    assert cases.of_office(dan, "ciso").total == len(expected)
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
    assert [row.case for row in cases.of_office(dan, "ciso").rows] == [fresh]
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
    assert inbox.counts(dan, later) == inbox.InboxCounts(1, 1, 1)


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
