"""Changes of terms: laid over what they began from they give what was edited, and each can be taken back alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base import canonical
from intake.domain.terms.boundaries import UnreadableBoundary
from intake.domain.terms.edits import TermsChange, TermsEdits, edits_between, edits_from_json
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.terms import Condition, Stage, Terms, terms
from tests.domain.terms.later_tables import TABLE_2
from tests.domain.terms.test_terms import random_terms

USERS = "user_permissions.max_users"
ADA = Condition(date(2027, 2, 1), "ada", "Train the users.")
BASE = terms(Stage.PILOT, TABLE_1.boundaries({USERS: 50}), (ADA,), date(2026, 11, 22), date(2027, 5, 29))


def edits(base: Terms, edited: Terms) -> TermsEdits:
    return edits_between(base, edited, TABLE_1)


@given(random_terms(), random_terms())
def test_laid_over_what_they_began_from_they_give_what_was_edited(base: Terms, edited: Terms) -> None:
    made = edits(base, edited)

    assert made.over(base, TABLE_1) == edited
    assert bool(made.changes(base, TABLE_1)) is (base != edited)


@given(random_terms(), random_terms(), st.randoms(use_true_random=False))
def test_undone_one_by_one_in_any_order_they_give_what_they_began_from(base: Terms, edited: Terms, order) -> None:
    made = edits(base, edited)
    listed = list(made.changes(base, TABLE_1))
    order.shuffle(listed)

    for left, change in zip(range(len(listed) - 1, -1, -1), listed, strict=True):
        made = made.without(change)
        assert len(made.changes(base, TABLE_1)) == left

    assert made == TermsEdits()
    assert made.over(base, TABLE_1) is base


@given(random_terms(), random_terms())
def test_they_are_read_back_as_they_were_kept(base: Terms, edited: Terms) -> None:
    made = edits(base, edited)

    kept = canonical.parse(canonical.dump(made.as_json()))

    assert isinstance(kept, dict)
    assert edits_from_json(kept, TABLE_1) == made


@given(random_terms(), random_terms(), random_terms())
def test_over_other_terms_what_was_not_touched_follows_and_what_was_touched_stays(
    base: Terms, edited: Terms, other: Terms
) -> None:
    made = edits(base, edited)

    moved = made.over(other, TABLE_1)

    for item, value in edited.boundaries.items:
        touched = base.boundaries[item.path] != value
        assert moved.boundaries[item.path] == (value if touched else other.boundaries[item.path])
    assert set(moved.conditions) == (set(other.conditions) - set(made.removed)) | set(made.added)


@pytest.mark.parametrize("typed", ["", "thirty"])
def test_what_was_typed_where_a_number_belongs_is_a_change_that_cannot_be_signed(typed: str) -> None:
    read = edits_from_json({USERS: typed}, TABLE_1)

    assert read.limits == {USERS: typed}
    with pytest.raises(UnreadableBoundary):
        read.over(BASE, TABLE_1)


def test_what_says_the_same_by_now_is_no_change_any_more() -> None:
    tightened = terms(Stage.PILOT, TABLE_1.boundaries({USERS: 30}), (ADA,), date(2026, 11, 22), date(2027, 5, 29))
    made = edits(BASE, tightened)

    assert made.changes(BASE, TABLE_1) == (TermsChange(USERS, 50, 30),)
    assert made.changes(tightened, TABLE_1) == ()
    assert made.over(tightened, TABLE_1) is tightened


@pytest.mark.parametrize(
    "after",
    [
        Condition(date(2027, 3, 1), "ada", "Train the users."),
        Condition(date(2027, 2, 1), "eve", "Train the users."),
        Condition(date(2027, 2, 1), "ada", "Train all users."),
    ],
)
def test_a_condition_that_is_written_otherwise_is_one_change(after: Condition) -> None:
    made = edits(BASE, terms(BASE.stage, BASE.boundaries, (after,), BASE.begins, BASE.expires))

    assert made.changes(BASE, TABLE_1) == (TermsChange("conditions", ADA, after),)


def test_another_condition_is_two_changes() -> None:
    after = Condition(date(2027, 3, 1), "eve", "Ask the works council.")

    made = edits(BASE, terms(BASE.stage, BASE.boundaries, (after,), BASE.begins, BASE.expires))

    assert made.changes(BASE, TABLE_1) == (
        TermsChange("conditions", ADA, None),
        TermsChange("conditions", None, after),
    )


def test_what_cannot_be_signed_is_kept_and_refused_only_when_it_would_be() -> None:
    made = TermsEdits(limits={"data_access.regions": frozenset({"x" * 301})})

    assert edits_from_json(made.as_json(), TABLE_1) == made
    assert [item.path for item in made.changes(BASE, TABLE_1)] == ["data_access.regions"]
    with pytest.raises(UnreadableBoundary):
        made.over(BASE, TABLE_1)


def test_a_change_is_written_by_the_table_it_is_made_in() -> None:
    made = TermsEdits(limits={USERS: 3})

    assert made.over(BASE, TABLE_2).boundaries.table is TABLE_2
    assert TermsEdits().over(BASE, TABLE_2) is BASE


@pytest.mark.parametrize(
    "parts",
    [
        {"stage": "everything"},
        {"expires": "20270101"},
        {"expires": None},
        {"conditions": [1]},
        {"conditions": {"added": [{"text": "x"}], "removed": 3}},
        {USERS: True},
        {"data_access.regions": ["EU", 1]},
        {"data_access.vendor_training": "yes"},
        {"model_scope.provider": 4},
        {"of.a.later.version": 1},
    ],
)
def test_what_cannot_be_read_here_is_no_change(parts) -> None:
    assert edits_from_json(parts, TABLE_1) == TermsEdits()
