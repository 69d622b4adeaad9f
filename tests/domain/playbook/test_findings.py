"""Findings taken over from one set of facts to the next: exactly those that no changed fact bears on."""

from __future__ import annotations

import pytest

from intake.domain.playbook.answers import DONT_KNOW, Answer
from intake.domain.playbook.findings import Findings
from intake.domain.playbook.rules import Absent, All, Facts, FromTier, Operator, Says, evaluate
from intake.domain.terms.tier import Tier

DATA = Says("data", Operator.IS, ("secret",))
USERS = Says("users", Operator.AT_LEAST, (10,))
BOTH = All((DATA, USERS))
FACTS: Facts = {"data": Answer("secret"), "users": Answer(12), "other": Answer(True)}


def test_what_no_changed_fact_bears_on_is_taken_over() -> None:
    before = Findings(FACTS)
    known = [before.of(each) for each in (DATA, USERS, BOTH)]

    after = Findings({**FACTS, "users": DONT_KNOW}, before)

    assert after.of(DATA) is known[0]
    assert after.of(USERS) == evaluate(USERS, {**FACTS, "users": DONT_KNOW})
    assert after.of(BOTH) == evaluate(BOTH, {**FACTS, "users": DONT_KNOW})


def test_an_equal_answer_is_no_change() -> None:
    before = Findings(FACTS)
    known = before.of(BOTH)

    assert Findings({**FACTS, "data": Answer("secret")}, before).of(BOTH) is known


def test_a_tier_is_a_fact_too() -> None:
    high = FromTier(Tier.HIGH)
    before = Findings(FACTS)

    assert not before.of(high, Tier.LIMITED).holds
    assert before.of(high, Tier.HIGH).holds
    assert not Findings(FACTS, before).of(high, Tier.LIMITED).holds


def test_of_another_playbook_nothing_is_taken_over() -> None:
    before = Findings({**FACTS, "more": Absent.MISSING})
    known = before.of(DATA)

    assert Findings(FACTS, before).of(DATA) is not known


def test_what_does_not_hold_has_no_grounds() -> None:
    found = Findings({**FACTS, "data": Answer("open")}).of(DATA)

    assert (found.holds, found.facts) == (False, ())


def test_a_question_nobody_knows_is_a_fault_of_the_playbook() -> None:
    with pytest.raises(KeyError):
        Findings({}).of(DATA)


def test_no_condition_always_holds() -> None:
    assert Findings(FACTS).of(None).holds
