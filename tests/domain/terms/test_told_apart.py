"""The entries of a limit are told apart, on the screen and on the page: two lists that differ never read the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base import wording
from intake.domain.terms.boundaries import Boundaries, UnreadableBoundary
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.in_lines import fits_in_line
from intake.records.editions.e1.labels import PrintedField

FIELD = TABLE_1.field("system_integration.systems")
PRINTED = PrintedField(FIELD.path, "Systems", "Why")
ENTRY = st.text(alphabet="ab,“” -", min_size=1, max_size=8).map(str.strip).filter(bool)
SETS = st.frozensets(st.one_of(ENTRY, st.just("None")), max_size=3)


def said(*entries: str) -> str:
    return wording.said(FIELD.said(frozenset(entries)))


@pytest.mark.attack("one entry of a list that reads like two", refusal="each stands in quotation marks on its own line")
def test_one_entry_never_reads_like_two() -> None:
    assert said("a", "b") == "a, b"
    assert said("a, b") == "“a, b”"
    assert said("a, b", "c") == "“a, b”\n“c”"
    assert said("a”, “b") == "“a”, “b”"
    assert said() == "None"
    assert said("None") == "“None”"
    assert fits_in_line(said("a", "b"))
    assert not fits_in_line(said("a, b", "c"))


@given(SETS, SETS)
def test_lists_that_differ_read_differently_on_the_screen_and_on_the_page(
    one: frozenset[str], other: frozenset[str]
) -> None:
    assert (said(*one) == said(*other)) == (one == other)
    assert (PRINTED.said(one) == PRINTED.said(other)) == (one == other)
    assert PRINTED.said(one) == said(*one)


@pytest.mark.parametrize("end", ["\n", "\u2028", "\u2029"])
def test_an_entry_is_one_line(end: str) -> None:
    def limits(value: object) -> Boundaries:
        return TABLE_1.boundaries({"system_integration.systems": value})  # type: ignore[dict-item]

    limits(frozenset({"a b"}))
    with pytest.raises(UnreadableBoundary, match="an entry is empty, or has spaces around it or hidden characters"):
        limits(frozenset({f"a{end}b"}))
