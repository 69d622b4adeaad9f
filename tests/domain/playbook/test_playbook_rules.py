"""The logic of conditions: three values, and the facts behind each verdict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.playbook import rules
from intake.domain.playbook.answers import DONT_KNOW, Answer
from intake.domain.playbook.rules import Absent, All, AnyOf, FromTier, Not, Operator, Says, Truth, evaluate
from intake.domain.terms.tier import Tier

YES, NO, OPEN = Truth.YES, Truth.NO, Truth.UNKNOWN

FACTS: dict[str, Answer | Absent] = {
    "y": Answer(True),
    "n": Answer(False),
    "u": DONT_KNOW,
    "m": Absent.MISSING,
    "h": Absent.NOT_ASKED,
    "c": Absent.UNCLEAR,
}


def leaf(name):
    return Says(name, Operator.IS, (True,))


@pytest.mark.parametrize(
    ("name", "verdict", "unknown", "missing"),
    [
        ("y", YES, (), ()),
        ("n", NO, (), ()),
        ("u", OPEN, ("u",), ()),
        ("m", OPEN, (), ("m",)),
        ("c", OPEN, ("c",), ()),
        ("h", NO, (), ()),
    ],
)
def test_an_answer_a_doubt_and_a_gap_are_told_apart(name, verdict, unknown, missing):
    found = evaluate(leaf(name), FACTS)

    assert (found.verdict, found.unknown, found.missing) == (verdict, unknown, missing)


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        ("y", "y", YES, YES),
        ("y", "n", NO, YES),
        ("n", "n", NO, NO),
        ("y", "u", OPEN, YES),
        ("n", "u", NO, OPEN),
        ("u", "u", OPEN, OPEN),
    ],
)
def test_joined_conditions_follow_kleene(one, other, both, either):
    parts = (leaf(one), leaf(other))

    assert evaluate(All(parts), FACTS).verdict is both
    assert evaluate(All(parts[::-1]), FACTS).verdict is both
    assert evaluate(AnyOf(parts), FACTS).verdict is either
    assert evaluate(AnyOf(parts[::-1]), FACTS).verdict is either


def test_not_turns_a_verdict_and_leaves_a_doubt():
    assert evaluate(Not(leaf("y")), FACTS).verdict is NO
    assert evaluate(Not(leaf("n")), FACTS).verdict is YES
    assert evaluate(Not(leaf("u")), FACTS).verdict is OPEN


def test_a_verdict_names_only_the_facts_that_decided_it():
    assert evaluate(AnyOf((leaf("y"), leaf("n"))), FACTS).facts == ("y",)
    assert evaluate(All((leaf("y"), leaf("n"))), FACTS).facts == ("n",)
    assert evaluate(All((leaf("y"), Not(leaf("n")))), FACTS).facts == ("y", "n")


def test_an_open_verdict_names_what_is_known_and_what_is_not():
    found = evaluate(All((leaf("y"), leaf("u"), leaf("m"))), FACTS)

    assert (found.facts, found.unknown, found.missing) == (("y",), ("u",), ("m",))
    assert found.doubted
    assert not evaluate(leaf("m"), FACTS).doubted


def test_no_condition_always_holds():
    assert evaluate(None, {}).holds


@pytest.mark.parametrize(
    ("operator", "values", "answer", "verdict"),
    [
        (Operator.IS, ("a",), "a", YES),
        (Operator.IS, ("a",), "b", NO),
        (Operator.IS, (1,), True, NO),
        (Operator.IS, (True,), 1, NO),
        (Operator.ONE_OF, ("a", "b"), "b", YES),
        (Operator.ONE_OF, ("a", "b"), "c", NO),
        (Operator.INCLUDES, ("a", "b"), ("x", "b"), YES),
        (Operator.INCLUDES, ("a",), ("x",), NO),
        (Operator.INCLUDES, ("a",), "a", NO),
        (Operator.AT_LEAST, (5,), 5, YES),
        (Operator.AT_LEAST, (5,), 4, NO),
        (Operator.AT_MOST, (5,), 5, YES),
        (Operator.AT_MOST, (5,), 6, NO),
        (Operator.AT_LEAST, ("2026-01-01",), "2026-11-22", YES),
        (Operator.AT_MOST, ("2026-01-01",), "2026-11-22", NO),
        (Operator.AT_LEAST, (1,), True, NO),
        (Operator.AT_LEAST, (1,), "2", NO),
        (Operator.ANSWERED, (True,), "x", YES),
        (Operator.UNKNOWN, (True,), "x", NO),
    ],
)
def test_each_operator(operator, values, answer, verdict):
    assert evaluate(Says("q", operator, values), {"q": Answer(answer)}).verdict is verdict


def test_only_a_doubt_is_unknown_and_a_doubt_is_not_yet_answered():
    assert evaluate(Says("u", Operator.UNKNOWN, (True,)), FACTS).verdict is YES
    assert evaluate(Says("u", Operator.ANSWERED, (True,)), FACTS).verdict is OPEN


def test_a_tier_holds_from_there_upwards():
    assert evaluate(FromTier(Tier.LIMITED), {}, Tier.HIGH).holds
    assert not evaluate(FromTier(Tier.HIGH), {}, Tier.LIMITED).holds


LEAVES = st.sampled_from(sorted(FACTS)).map(leaf)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
        | inner.map(Not)
    ),
    max_leaves=6,
)


@given(CONDITIONS)
def test_a_condition_reads_back_from_its_table(condition):
    assert rules.read(rules.as_json(condition), "here", 50) == condition


@given(CONDITIONS)
def test_double_negation_changes_nothing(condition):
    assert evaluate(Not(Not(condition)), FACTS) == evaluate(condition, FACTS)


@given(st.lists(CONDITIONS, min_size=1, max_size=3))
def test_de_morgan_holds_with_three_values(parts):
    left = evaluate(Not(All(tuple(parts))), FACTS).verdict
    right = evaluate(AnyOf(tuple(Not(part) for part in parts)), FACTS).verdict

    assert left is right


@given(CONDITIONS, st.dictionaries(st.sampled_from(["u", "c", "m"]), st.booleans(), min_size=1))
def test_learning_an_answer_never_turns_a_verdict_already_given(condition, learned):
    before = evaluate(condition, FACTS).verdict
    after = evaluate(condition, FACTS | {name: Answer(value) for name, value in learned.items()}).verdict

    assert before is OPEN or after is before


@given(CONDITIONS)
def test_an_open_verdict_always_says_what_keeps_it_open(condition):
    found = evaluate(condition, FACTS)

    assert (found.verdict is OPEN) == bool(found.unknown or found.missing)
    assert set(rules.questions(condition)) >= set(found.facts) | set(found.unknown) | set(found.missing)
