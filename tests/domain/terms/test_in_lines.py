"""Terms in a few lines: every field of a boundary is in its line, and changes are told exactly where terms part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from intake.domain.base.wording import said
from intake.domain.terms.boundaries import Boundaries, Boundary
from intake.domain.terms.differences import differences
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.in_lines import changes, condition_line, fields_of, fits_in_line, in_line
from intake.domain.terms.terms import Condition, Stage, Terms, terms
from tests.domain.terms.later_tables import NEW, later_terms
from tests.domain.terms.test_terms import random_boundaries, random_terms

NAMES = {"ann": "Ann Archer"}


def some_terms(*conditions: Condition, users: int = 50) -> Terms:
    limits = TABLE_1.boundaries({"user_permissions.max_users": users})
    return terms(Stage.PILOT, limits, conditions, date(2026, 11, 22), date(2027, 6, 30))


@given(random_boundaries())
def test_every_field_of_the_four_boundaries_is_named_once(limits: Boundaries) -> None:
    named = [said(name) for boundary in Boundary for name, _ in fields_of(limits, boundary)]

    assert named == [item.label for item in limits.table]


def test_a_boundary_is_one_line_of_names_and_values() -> None:
    line = said(in_line(fields_of(some_terms().boundaries, Boundary.USER_PERMISSIONS)))

    assert line == (
        "Groups who may use it: None · Users at most: 50 people · Costs at most: Nothing · Who grants access: Not named · Training needed first: Yes"
    )


@given(random_terms(), random_terms())
def test_changes_are_told_exactly_where_terms_differ(one: Terms, other: Terms) -> None:
    found = changes(one, other, {})

    assert [item.path for item in found] == [item.path for item in differences(one, other)]
    assert (not found) == (one.digest == other.digest)


@pytest.mark.parametrize(
    ("users", "words"),
    [(30, "30 people instead of 50 people: tighter"), (99, "99 people instead of 50 people: allows more")],
)
def test_a_change_says_what_it_was_and_which_way_it_goes(users: int, words: str) -> None:
    (change,) = changes(some_terms(), some_terms(users=users), {})

    assert (said(change.label), said(change.said)) == ("Users at most", words)


def test_a_condition_that_is_added_or_left_out_is_told_with_person_and_date() -> None:
    condition = Condition(date(2026, 12, 1), "ann", "Measure what is left out.")

    (added,) = changes(some_terms(), some_terms(condition), NAMES)
    (left_out,) = changes(some_terms(condition), some_terms(), NAMES)

    assert said(added.said) == "added: Measure what is left out. (Ann Archer, until 2026-12-01)"
    assert said(left_out.said) == "left out: Measure what is left out. (Ann Archer, until 2026-12-01)"
    assert said(condition_line(condition, {})) == "Measure what is left out. (ann, until 2026-12-01)"


def test_stage_and_last_day_are_told_too() -> None:
    later = replace(some_terms(), stage=Stage.SCALED, expires=date(2028, 1, 1))

    found = {said(item.label): said(item.said) for item in changes(some_terms(), later, {})}

    assert found == {
        "Stage granted": "scaled instead of pilot: allows more",
        "Expires": "2028-01-01 instead of 2027-06-30: allows more",
    }


def test_a_field_that_one_table_lacks_is_told_and_called_neither_tighter_nor_wider() -> None:
    found = {item.path: said(item.said) for item in changes(some_terms(), later_terms(), {})}

    assert found[NEW] == "Hosting Ltd instead of not in this table"
    assert found["fields"] == "2 instead of 1"


@pytest.mark.attack("a limit whose words look like another limit", refusal="it stands on a row alone")
@pytest.mark.parametrize("sign", list("·•‧⋅\n\u2028\u2029⸱⸳ꞏᐧㆍˑ●⦁․\u00a0\u2003:∶："))
def test_what_looks_like_the_end_of_a_field_does_not_fit_in_a_line(sign: str) -> None:
    assert not fits_in_line(f"Acme {sign} Users at most, 5 people")
    assert not fits_in_line(f"Acme{sign}5")


@pytest.mark.parametrize("value", ["Acme  5", "Acme: 5", "אבג", "Acme \u200f5", " Acme", "Acme "])
def test_what_moves_its_neighbours_does_not_fit_in_a_line(value: str) -> None:
    assert not fits_in_line(value)


@pytest.mark.parametrize(
    "value", ["", "Acme, 5 people", "Łódź (EU/EEA) & “Ωμέγα”", "会議の議事録", "v4.1+rc-2", "20 %"]
)
def test_plain_words_fit_in_a_line(value: str) -> None:
    assert fits_in_line(value)
