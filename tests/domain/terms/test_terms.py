"""Terms and boundaries: equal exactly when their digests are, normalised, and laid side by side field by field."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base.canonical import MAX_INTEGER, clean
from intake.domain.base.visible import is_blank, is_line
from intake.domain.terms import terms as agreed
from intake.domain.terms.boundaries import Boundaries, Boundary, BoundaryField, Form, UnreadableBoundary, Value
from intake.domain.terms.differences import TermsDifference, differences
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.terms import Condition, Stage, Terms, UnreadableTerms

entries = (
    st.text(min_size=1, max_size=12)
    .map(lambda text: " ".join(clean(text).split()))
    .filter(lambda t: not is_blank(t) and is_line(t))
)
FIRST = date(2026, 1, 1)
days = st.dates(FIRST, date(2030, 12, 31))
first_days = st.dates(date(2025, 1, 1), FIRST)
OPPOSITE = {"left": "right", "right": "left", "": ""}


def random_value(item: BoundaryField) -> st.SearchStrategy[Value]:
    if item.form is Form.CHOICE:
        return st.sampled_from([name for name, _ in item.choices])
    if item.form is Form.SET:
        return st.frozensets(entries, max_size=3)
    if item.form is Form.FLAG:
        return st.booleans()
    if item.form is Form.MONEY:
        return st.sampled_from(["", "EUR 1", "EUR 20000", "CHF 300"])
    return st.integers(0, 1000) if item.form is Form.NUMBER else st.just("") | entries


def random_boundaries() -> st.SearchStrategy[Boundaries]:
    some = st.fixed_dictionaries({}, optional={item.path: random_value(item) for item in TABLE_1.fields})
    return some.map(TABLE_1.boundaries)


conditions = st.builds(Condition, days, st.sampled_from(["ada", "eve"]), entries)


def random_terms() -> st.SearchStrategy[Terms]:
    listed = st.lists(conditions, max_size=3).map(tuple)
    return st.builds(agreed.terms, st.sampled_from(agreed.GRANTABLE), random_boundaries(), listed, first_days, days)


@given(random_terms())
def test_terms_are_read_back_as_written(given_terms: Terms) -> None:
    assert agreed.from_json(given_terms.as_json()) == given_terms


@given(random_terms(), random_terms())
def test_terms_are_equal_exactly_when_nothing_differs_and_when_digests_are_equal(one: Terms, other: Terms) -> None:
    assert (one == other) is (one.digest == other.digest) is (not differences(one, other))


@given(random_terms(), st.data())
def test_a_single_change_is_the_single_difference(one: Terms, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(TABLE_1.fields))
    value = data.draw(random_value(item).filter(lambda found: found != one.boundaries[item.path]))
    other = agreed.terms(
        one.stage, one.boundaries.replaced({item.path: value}), one.conditions, one.begins, one.expires
    )

    assert [found.path for found in differences(one, other)] == [item.path]
    assert one.digest != other.digest


@given(random_terms())
def test_nothing_differs_from_itself(one: Terms) -> None:
    assert differences(one, one) == ()


@given(random_terms(), random_terms())
def test_seen_from_the_other_side_the_differences_are_mirrored(one: Terms, other: Terms) -> None:
    mirrored = [
        TermsDifference(found.path, found.label, found.right, found.left, OPPOSITE[found.tighter])
        for found in differences(other, one)
    ]

    assert list(differences(one, other)) == mirrored


@given(st.lists(conditions, max_size=5), st.randoms(use_true_random=False), days)
def test_the_order_and_repetition_of_conditions_do_not_matter(listed, order, expires) -> None:
    shuffled = listed + listed[:1]
    order.shuffle(shuffled)

    one = agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), tuple(listed), FIRST, expires)
    other = agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), tuple(shuffled), FIRST, expires)

    assert one.digest == other.digest


@given(random_boundaries(), random_boundaries())
def test_boundaries_are_equal_exactly_when_every_field_is(one: Boundaries, other: Boundaries) -> None:
    assert (one == other) is all(one[item.path] == other[item.path] for item in TABLE_1.fields)
    assert TABLE_1.read(one.as_json()) == one


def test_what_is_left_out_takes_the_tightest_value() -> None:
    made = TABLE_1.boundaries({})

    assert made["data_access.highest_class"] == "public"
    assert made["system_integration.code_execution"] is False
    assert made["user_permissions.training_needed"] is True
    assert made["user_permissions.max_users"] == 0


@pytest.mark.parametrize(
    ("path", "tight", "loose"),
    [
        ("data_access.highest_class", "internal", "restricted"),
        ("data_access.regions", frozenset({"EU"}), frozenset({"EU", "US"})),
        ("data_access.vendor_training", False, True),
        ("data_access.prompt_retention_days", 1, 30),
        ("model_scope.autonomy", "suggests", "acts_alone"),
        ("model_scope.purposes_forbidden", frozenset({"hiring", "credit"}), frozenset({"hiring"})),
        ("system_integration.network", "none", "internet"),
        ("user_permissions.training_needed", True, False),
        ("user_permissions.max_users", 10, 1000),
        ("user_permissions.budget", "EUR 90", "EUR 1000"),
        ("user_permissions.budget", "", "CHF 1"),
    ],
)
def test_the_tighter_side_is_named(path: str, tight: Value, loose: Value) -> None:
    one, other = (
        agreed.terms(Stage.PILOT, TABLE_1.boundaries({path: value}), (), FIRST, date(2027, 1, 1))
        for value in (tight, loose)
    )

    assert [(found.path, found.tighter) for found in differences(one, other)] == [(path, "left")]


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("model_scope.model", "a", "b"),
        ("user_permissions.budget", "EUR 9", "CHF 1000"),
        ("data_access.regions", frozenset({"EU"}), frozenset({"US"})),
    ],
)
def test_where_neither_side_is_tighter_nobody_guesses(path: str, one: Value, other: Value) -> None:
    left, right = (
        agreed.terms(Stage.PILOT, TABLE_1.boundaries({path: value}), (), FIRST, date(2027, 1, 1))
        for value in (one, other)
    )

    assert [found.tighter for found in differences(left, right)] == [""]


def test_stage_condition_and_expiry_are_compared_too() -> None:
    condition = Condition(date(2026, 12, 1), "ada", "Train the users")
    one = agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), (condition,), FIRST, date(2027, 1, 1))
    other = agreed.terms(Stage.SCALED, TABLE_1.boundaries({}), (), date(2025, 12, 1), date(2028, 1, 1))

    found = differences(one, other)

    assert [(item.path, item.tighter) for item in found] == [
        ("stage", "left"), ("conditions", "left"), ("from", "left"), ("expires", "left"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"data_access.highest_class": "secret"}, "not one of the choices"),
        ({"data_access.highest_class": 1}, "not one of the choices"),
        ({"data_access.regions": "EU"}, "wrong type"),
        ({"data_access.regions": frozenset({" EU"})}, "spaces around it"),
        ({"data_access.regions": frozenset({""})}, "empty"),
        ({"data_access.regions": frozenset({"x" * 301})}, "longer than 300"),
        ({"data_access.regions": frozenset(map(str, range(61)))}, "more than 60 entries"),
        ({"data_access.regions": frozenset({"E\u202eU"})}, "hidden characters"),
        ({"data_access.vendor_training": 1}, "neither yes nor no"),
        ({"data_access.prompt_retention_days": -1}, "zero or more"),
        ({"data_access.prompt_retention_days": True}, "zero or more"),
        ({"data_access.prompt_retention_days": MAX_INTEGER + 1}, "zero or more"),
        ({"model_scope.model": frozenset({"x"})}, "wrong type"),
        ({"model_scope.model": 5}, "wrong type"),
        ({"model_scope.model": "e\u0301"}, "hidden characters"),
        ({"model_scope.colour": "x"}, "no such field"),
    ],
)
def test_each_wrong_boundary_is_named(changes: dict[str, Value], why: str) -> None:
    with pytest.raises(UnreadableBoundary) as refusal:
        TABLE_1.boundaries(changes)

    assert why in refusal.value.what_happened


def test_a_boundary_left_out_of_signed_terms_is_refused() -> None:
    written = TABLE_1.boundaries({}).as_json()
    del written["data_access"]["regions"]  # type: ignore[attr-defined, union-attr, index]

    with pytest.raises(UnreadableBoundary, match="Data access"):
        TABLE_1.read(written)


@pytest.mark.parametrize("value", [["US", "EU"], ["EU", "EU"]])
def test_a_set_has_one_way_to_be_written(value: list[str]) -> None:
    written = TABLE_1.boundaries({}).as_json()
    written["data_access"]["regions"] = value  # type: ignore[index, call-overload]

    with pytest.raises(UnreadableBoundary, match="not sorted or repeat"):
        TABLE_1.read(written)


def test_conditions_out_of_order_are_refused_in_signed_terms() -> None:
    two = [{"text": text, "owner": "ada", "due": "2026-12-01"} for text in ("B", "A")]
    written = agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), (), FIRST, date(2027, 1, 1)).as_json() | {
        "conditions": two
    }

    with pytest.raises(UnreadableTerms, match="agreed order"):
        agreed.from_json(written)


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (Condition(date(2026, 12, 1), "ada", ""), "empty"),
        (Condition(date(2026, 12, 1), "ada", " x"), "spaces around it"),
        (Condition(date(2026, 12, 1), "ada", "x" * 1001), "longer than 1000"),
        (Condition(date(2026, 12, 1), "", "x"), "no owner"),
        (Condition(date(2026, 12, 1), "Ada L", "x"), "no owner"),
    ],
)
def test_each_wrong_condition_is_named(condition: Condition, why: str) -> None:
    with pytest.raises(UnreadableTerms, match=why):
        agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), (condition,), FIRST, date(2027, 1, 1))


def test_a_retirement_is_not_granted() -> None:
    with pytest.raises(UnreadableTerms, match="idea, pilot or scaled"):
        agreed.terms(Stage.RETIRED, TABLE_1.boundaries({}), (), FIRST, date(2027, 1, 1))


def test_fifty_one_conditions_are_too_many() -> None:
    many = tuple(Condition(date(2026, 12, 1) + timedelta(n), "ada", "x") for n in range(51))

    with pytest.raises(UnreadableTerms, match="more than 50"):
        agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), many, FIRST, date(2027, 1, 1))


@pytest.mark.parametrize(
    "value", ["20261122", "2026-11-2", "2026-W47-7", "2026-02-30", "22.11.2026", 20261122, None, "٢٠٢٦-11-22"]
)
def test_a_day_has_one_way_to_be_written(value: object) -> None:
    with pytest.raises(UnreadableTerms, match="not written as"):
        agreed.day(value)  # type: ignore[arg-type]


def test_every_field_says_why_and_belongs_to_one_of_the_four() -> None:
    assert {item.boundary for item in TABLE_1.fields} == set(Boundary)
    assert all(item.why.endswith(".") for item in TABLE_1.fields)
    assert len({item.path for item in TABLE_1.fields}) == len(TABLE_1.fields)


def test_terms_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(UnreadableTerms) as refused:
        agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), (), date(2027, 1, 2), date(2027, 1, 1))

    assert "they end before the day from which they hold" in refused.value.sentence
    assert agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), (), date(2027, 1, 1), date(2027, 1, 1)).days == 0
