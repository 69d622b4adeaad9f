"""Views as they are kept: read back as they were written, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.register.saved_views import LONGEST, MOST, SavedView, fit, read_views, with_view, written_views

NAMES = st.text(min_size=1, max_size=LONGEST)
FACETS = st.sampled_from(["phase", "tier", "unit", "stage", "turn", "owner", "year", "waived"])
VIEWS = st.builds(
    SavedView,
    NAMES,
    st.text(max_size=20),
    st.lists(st.tuples(FACETS, st.text(max_size=20)), max_size=4).map(tuple),
    st.sampled_from(["pressing", "title", ""]),
    st.booleans(),
    st.sampled_from(["", "mine", "due"]),
)


@given(st.lists(VIEWS, max_size=6))
def test_what_is_written_is_read_back(views: list[SavedView]) -> None:
    assert read_views(written_views(views)) == tuple(views)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[[1]]",
        "[1]",
        '[["", "", [], "", false, ""]]',
        '[["a", "", [["colour", "red"]], "", false, ""]]',
        '[["a", "", [["tier"]], "", false, ""]]',
        '[["a", "", [], "", 0, ""]]',
        f'[["{"a" * (LONGEST + 1)}", "", [], "", false, ""]]',
        "[" * 100_000,
        "[" * 9_000,
        "nonsense",
        written_views([SavedView(f"{number}") for number in range(MOST + 1)]),
    ],
)
def test_anything_else_is_no_list_of_views(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_views(text)


def test_one_name_is_one_view_and_they_stand_by_name() -> None:
    views = with_view(with_view((), SavedView("b", "old")), SavedView("A"))

    assert with_view(views, SavedView("b", "new")) == (SavedView("A"), SavedView("b", "new"))
    assert read_views("") == ()


@pytest.mark.parametrize(
    "views",
    [
        tuple(SavedView(f"{number}") for number in range(MOST + 1)),
        (SavedView("a", "x" * 40_000), SavedView("b", "x" * 40_000)),
    ],
)
def test_what_would_not_be_read_back_does_not_fit(views: tuple[SavedView, ...]) -> None:
    assert fit(views[:1])
    assert not fit(views)
    with pytest.raises(ValueError, match=r".*"):
        read_views(written_views(views))
