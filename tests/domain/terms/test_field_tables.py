"""Numbered tables of boundary fields: every one stays readable, terms say by which they are written, and positions
written by different ones are compared without guessing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base.canonical import MAX_INTEGER, Json
from intake.domain.base.wording import words
from intake.domain.terms import terms as agreed
from intake.domain.terms.boundaries import BoundaryField, FieldTable, FieldTables, Form, UnreadableBoundary, Value
from intake.domain.terms.differences import NOT_THERE, TermsDifference, compared_fields, differences
from intake.domain.terms.field_tables import FIELD_TABLES, TABLE_1
from intake.domain.terms.terms import NewerTerms, Stage, Terms, UnreadableTerms, offered
from tests.domain.terms.later_tables import GONE, NEW, NEWER, OLDER, TABLE_2, later_terms
from tests.domain.world import terms
from tests.languages import spoken


def random_value(item: BoundaryField) -> st.SearchStrategy[Value]:
    if item.form is Form.CHOICE:
        return st.sampled_from([key for key, _ in item.choices])
    if item.form is Form.SET:
        return st.frozensets(st.sampled_from(["a", "b", "c"]))
    if item.form is Form.FLAG:
        return st.booleans()
    if item.form is Form.MONEY:
        return st.sampled_from(["", "EUR 1", "EUR 20000", "CHF 300"])
    return st.integers(0, MAX_INTEGER) if item.form is Form.NUMBER else st.sampled_from(["", "x", "y"])


def random_terms(table: FieldTable) -> st.SearchStrategy[Terms]:
    values = st.fixed_dictionaries({}, optional={item.path: random_value(item) for item in table})
    return st.builds(
        agreed.terms, st.sampled_from([Stage.IDEA, Stage.PILOT]), values.map(table.boundaries), st.just(()),
        st.just(date(2026, 11, 22)), st.sampled_from([date(2027, 1, 1), date(2028, 1, 1)]),
    )  # fmt: skip


either = st.one_of(random_terms(TABLE_1), random_terms(TABLE_2))


def by_path(found: tuple[TermsDifference, ...]) -> dict[str, TermsDifference]:
    return {item.path: item for item in found}


# ------------------------------------------------------------------------------------------------------- the tables


def test_the_tables_of_this_version_end_with_the_newest() -> None:
    assert FIELD_TABLES.get(1) is TABLE_1
    assert FIELD_TABLES.newest is TABLE_1
    assert NEWER.newest is TABLE_2
    assert OLDER.get(2) is None


def test_two_tables_cannot_have_one_number() -> None:
    with pytest.raises(ValueError, match="the same number"):
        FieldTables((TABLE_1, replace(TABLE_2, number=1)))


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("user_permissions.max_users", {"unit": "teams"}),
        ("user_permissions.max_users", {"form": Form.TEXT}),
        ("user_permissions.training_needed", {"wider": True}),
        ("system_integration.access", {"choices": (("write", "Write"), ("read", "Read"), ("none", "None"))}),
    ],
)
def test_a_path_never_gets_another_sense(path: str, changes: dict[str, object]) -> None:
    other = tuple(replace(item, **changes) if item.path == path else item for item in TABLE_1)  # type: ignore[arg-type]

    with pytest.raises(ValueError, match=f"{path} has another sense in table 3 than in 1"):
        FieldTables((TABLE_1, FieldTable(3, other)))
    assert TABLE_1.field("user_permissions.max_users").unit_label == "people"


# -------------------------------------------------------------------------------------------------------- the terms


def test_the_number_of_the_table_is_signed_with_the_terms() -> None:
    same = tuple(TABLE_1)
    twin = FieldTable(2, same)

    assert terms().as_json()["fields"] == 1
    assert terms().digest != replace(terms(), boundaries=twin.boundaries({"user_permissions.max_users": 20})).digest


@given(either)
def test_terms_of_every_table_are_read_back_as_written(made: Terms) -> None:
    assert agreed.from_json(made.as_json(), NEWER) == made


@given(random_terms(TABLE_2))
def test_an_older_version_keeps_newer_terms_byte_for_byte(made: Terms) -> None:
    found = agreed.from_json(made.as_json(), OLDER)

    assert isinstance(found, NewerTerms)
    assert (found.fields, found.digest, found.as_json()) == (2, made.digest, made.as_json())
    assert (found.stage, found.expires) == (made.stage, made.expires)


@pytest.mark.parametrize("changes", [{"boundaries": {}}, {"more": 1}, {"stage": "trial"}, {"expires": "soon"}])
def test_of_newer_terms_nothing_but_the_number_is_judged(changes: dict[str, Json]) -> None:
    found = agreed.from_json(later_terms().as_json() | changes, OLDER)

    assert isinstance(found, NewerTerms)
    assert found.stage is (None if "stage" in changes else Stage.PILOT)
    assert (found.expires is None) is ("expires" in changes)


@pytest.mark.attack("terms whose table has no proper number", refusal="UnreadableTerms")
@pytest.mark.parametrize("number", [0, -1, True, "1", None, [1]])
def test_a_number_that_no_table_can_have_is_malformed(number: Json) -> None:
    with pytest.raises(UnreadableTerms, match="not a positive whole number"):
        agreed.from_json(terms().as_json() | {"fields": number})


@pytest.mark.attack("terms without the number of their table", refusal="UnreadableTerms")
def test_terms_without_a_number_are_malformed() -> None:
    with pytest.raises(UnreadableTerms, match="not the expected ones"):
        agreed.from_json({key: value for key, value in terms().as_json().items() if key != "fields"})


@pytest.mark.attack("terms under the number of another table", refusal="UnreadableBoundary")
def test_terms_are_read_by_the_table_they_name_and_no_other() -> None:
    with pytest.raises(UnreadableBoundary, match="not the expected ones"):
        agreed.from_json(terms().as_json() | {"fields": 2}, NEWER)


# ---------------------------------------------------------------------------------------- from one table to another


@given(random_terms(TABLE_1))
def test_limits_moved_to_a_later_table_say_what_they_said_and_nothing_more(made: Terms) -> None:
    before, after = made.boundaries, made.boundaries.moved_to(TABLE_2)

    for item, value in after.items:
        kept = item.path in TABLE_1 and (item.form is not Form.CHOICE or before[item.path] in dict(item.choices))
        assert value == (before[item.path] if kept else item.tightest)


def test_a_choice_that_a_table_lacks_becomes_its_tightest() -> None:
    alone = TABLE_1.boundaries({"model_scope.autonomy": "acts_alone"})

    assert alone.moved_to(TABLE_2)["model_scope.autonomy"] == "suggests"
    assert alone.moved_to(TABLE_1) == alone


def test_what_is_offered_is_written_by_the_newest_table_and_what_is_countersigned_keeps_its_own() -> None:
    theirs, mine = terms(users=20), terms(users=30)

    assert offered(theirs, [theirs], NEWER) is theirs
    assert offered(mine, [theirs], NEWER).boundaries.table is TABLE_2
    assert offered(mine, [theirs], NEWER).boundaries["user_permissions.max_users"] == 30
    assert offered(later_terms(), [theirs], NEWER) == later_terms()


# ------------------------------------------------------------------------------------------------------ differences


@given(either, either)
def test_positions_differ_exactly_when_their_digests_do(one: Terms, other: Terms) -> None:
    assert (one == other) is (one.digest == other.digest) is (not differences(one, other))


@given(either, either)
def test_seen_from_the_other_side_every_difference_is_mirrored(one: Terms, other: Terms) -> None:
    swap = {"left": "right", "right": "left", "": ""}

    assert list(differences(one, other)) == [
        TermsDifference(found.path, found.label, found.right, found.left, swap[found.tighter])
        for found in differences(other, one)
    ]


@given(random_terms(TABLE_1), random_terms(TABLE_2))
def test_a_limit_that_one_table_lacks_is_a_difference_and_never_called_tighter(old: Terms, new: Terms) -> None:
    found = by_path(differences(old, new))

    assert (found[GONE].right, found[GONE].tighter) == (words(NOT_THERE()), "")
    assert (found[NEW].left, found[NEW].tighter) == (words(NOT_THERE()), "")
    assert (found["fields"].left, found["fields"].right, found["fields"].tighter) == ("1", "2", "")


@pytest.mark.parametrize(
    ("path", "old", "new", "tighter"),
    [
        ("user_permissions.max_users", 10, 20, "left"),
        ("data_access.vendor_training", True, False, "right"),
        ("system_integration.network", "internet", "internal", "right"),
        ("system_integration.network", "allowlist", "partners", "left"),
        ("model_scope.autonomy", "acts_alone", "suggests", "right"),
        ("model_scope.model", "x", "y", ""),
    ],
)
def test_a_limit_of_both_tables_is_compared_as_within_one(path: str, old: Value, new: Value, tighter: str) -> None:
    one = replace(terms(), boundaries=TABLE_1.boundaries({path: old}))
    other = replace(terms(), boundaries=TABLE_2.boundaries({path: new}))

    assert by_path(differences(one, other))[path].tighter == tighter


def test_between_a_choice_that_is_gone_and_one_that_is_new_nobody_is_called_tighter() -> None:
    network = "system_integration.network"
    third = replace(
        TABLE_2,
        number=3,
        fields=tuple(
            replace(item, choices=tuple(choice for choice in item.choices if choice[0] != "allowlist"))
            if item.path == network
            else item
            for item in TABLE_2
        ),
    )
    one = replace(terms(), boundaries=TABLE_1.boundaries({network: "allowlist"}))
    other = replace(terms(), boundaries=third.boundaries({network: "partners"}))

    assert by_path(differences(one, other))[network].tighter == ""


def test_every_limit_of_either_table_stands_beside_the_other() -> None:
    paths = [item.field.path for item in compared_fields(terms().boundaries, later_terms().boundaries)]

    assert paths == [*(item.path for item in TABLE_2), GONE]


def test_one_of_what_a_number_counts_is_said_as_one() -> None:
    counted = [item for item in TABLE_1 if item.unit]

    assert {words(item.said(1)) for item in counted} == {"1 day", "1 person"}  # type: ignore[arg-type]
    assert {words(item.said(0)) for item in counted} == {"0 days", "0 people"}  # type: ignore[arg-type]
    assert {item.unit_label for item in counted} == {"days", "people"}
    with spoken({"limit.data_access.prompt_retention_days.unit.one": "{count} Tag"}):
        assert "1 Tag" in {words(item.said(1)) for item in counted}  # type: ignore[arg-type]
