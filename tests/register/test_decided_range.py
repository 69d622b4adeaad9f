"""The days between which something was decided: a filter of the list in every order, of a search, of counts and of whole lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from intake.domain.case.summary import CaseSummary
from intake.register.register import Register
from intake.register.views.paging import Filters, page_sql
from intake.register.views.rows import Counts, DecidedDay, Facet, Key, ListOrder
from tests.register.helpers import open_register
from tests.register.test_lists import _by_hand, _plain_words, _plan, _search, _walk, fill

F, T = DecidedDay.FROM, DecidedDay.TO


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Register, list[CaseSummary], list[date]]]:
    register = open_register(tmp_path_factory.mktemp("range"))
    made = fill(register, 600)
    yield register, made, sorted({row.decided for row in made if row.decided})
    register.close()


def within(made: list[CaseSummary], filters: Filters) -> list[CaseSummary]:
    first, last = date.fromisoformat(filters.get(F, "0001-01-01")), date.fromisoformat(filters.get(T, "9999-12-31"))
    return [row for row in made if row.decided and first <= row.decided <= last]


def ranges(days: list[date]) -> list[Filters]:
    some = days[len(days) // 4], days[len(days) // 2], days[-1]
    return [
        {F: some[0].isoformat(), T: some[1].isoformat()},
        {F: some[1].isoformat()},
        {T: some[0].isoformat()},
        {F: some[0].isoformat(), T: some[0].isoformat()},
        {F: some[1].isoformat(), T: some[0].isoformat()},
        {F: "9999-01-01"},
        {F: some[0].isoformat(), Facet.PHASE: "decided"},
    ]


@pytest.mark.parametrize("sort", list(ListOrder))
@pytest.mark.parametrize("selective", [0, 3000])
@pytest.mark.exhaustive
def test_a_range_of_days_leaves_what_was_decided_in_it_in_every_order(
    filled, sort: ListOrder, selective: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    register, made, days = filled
    monkeypatch.setattr("intake.register.views.paging.SELECTIVE", selective)

    for filters in ranges(days):
        facets = {facet: value for facet, value in filters.items() if isinstance(facet, Facet)}
        wanted = _by_hand(within(made, filters), sort, facets)
        assert [row.case for row in _walk(register, sort, filters, limit=70)] == wanted
        assert register.queries.count(filters=filters) == len(wanted)
        numbers = register.whole_list.numbers(sort=sort, filters=filters)
        assert [row.case for rows in register.whole_list.rows(numbers) for row in rows] == wanted
        if wanted:
            anchor = register.queries.anchor(len(wanted) - 1, sort=sort, filters=filters)
            assert register.queries.page(sort=sort, filters=filters, after=anchor).rows == ()


def test_a_search_is_narrowed_by_days_too(filled) -> None:
    register, made, days = filled

    for filters in ranges(days):
        facets = {facet: value for facet, value in filters.items() if isinstance(facet, Facet)}
        matching = [row for row in within(made, filters) if "scoring" in _plain_words(row.text)]
        wanted = _by_hand(matching, ListOrder.NEWEST, facets)
        assert [row.case for row in _search(register, "scoring", filters)] == wanted
        assert register.queries.count("scoring", filters=filters) == len(wanted)
        numbers = register.whole_list.numbers("scoring", sort=ListOrder.NEWEST, filters=filters)
        assert [row.case for rows in register.whole_list.rows(numbers) for row in rows] == wanted


def test_the_order_of_decisions_is_walked_from_one_day_to_the_other(filled) -> None:
    register, _, _ = filled
    counts = Counts(10**6, {Facet.PHASE: {"decided": 10**5}})
    filters = {Facet.PHASE: "decided", F: "2026-01-01", T: "2026-02-01"}

    plan = _plan(register, *page_sql(ListOrder.DECIDED, filters, Key("2026-01-20", 1), 100, counts))

    assert not any("TEMP B-TREE" in step for step in plan)
    assert any("SEARCH c USING INDEX case_by_decided" in step for step in plan)


@pytest.mark.parametrize("day", ["", "x' OR 1=1 --", "2026-99-99", "\U0010ffff"])
def test_what_is_no_day_is_a_parameter_all_the_same(filled, day: str) -> None:
    register, _, _ = filled

    assert len(register.queries.page(filters={F: day or "9999", T: day}).rows) <= 100
