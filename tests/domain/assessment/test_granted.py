"""A revision judged on terms: what is granted counts, tighter or wider than what was asked for."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain.assessment.engines import ENGINES
from intake.domain.assessment.granted import Granted
from intake.domain.assessment.granted_rows import judged_rows
from intake.domain.assessment.granting import against_granting, against_limits
from intake.domain.base.wording import said
from intake.domain.playbook.answers import DONT_KNOW, Answer, Answers, Value
from intake.domain.playbook.questions import QuestionRole
from intake.domain.terms.boundaries import Boundaries
from intake.domain.terms.boundaries import Value as Limit
from intake.domain.terms.field_tables import PLAYBOOK_TABLE
from intake.domain.terms.terms import GRANTABLE, Stage, Terms, terms
from intake.domain.terms.tier import Tier
from tests.core import CORE
from tests.domain.playbook.small_playbook import complete, made
from tests.domain.terms.test_terms import random_boundaries
from tests.filled import filled

ENGINE = ENGINES[max(ENGINES)]
FIRST = date(2026, 11, 22)
STAGE = CORE.role(QuestionRole.STAGE)


def on(answers: Answers, limits: Boundaries, stage: Stage = Stage.PILOT, days: int = 30) -> tuple[Granted, Terms]:
    given_terms = terms(stage, limits, (), FIRST, FIRST + timedelta(days=days))
    return ENGINE.assess_granted(CORE, answers, given_terms), given_terms


@cache
def mild(**given_: Value) -> Answers:
    """The mildest complete answers to the core playbook, for a pilot."""
    return filled(CORE, {name.replace("_", ".", 1): value for name, value in given_.items()}).filed()


def asked_for(answers: Answers) -> Boundaries:
    return on(answers, PLAYBOOK_TABLE.boundaries({}))[0].wanted


def granted(answers: Answers, **limits: Limit) -> Granted:
    """``answers`` on the terms they ask for but for these limits, by the name of their field."""
    changed = {item.path: limits[item.name] for item in PLAYBOOK_TABLE if item.name in limits}
    assert len(changed) == len(limits)
    return on(answers, asked_for(answers).replaced(changed))[0]


def test_every_field_of_the_boundaries_narrows_one_question_of_the_core_playbook() -> None:
    asking = [question.boundary for question in CORE.questions if question.boundary]

    assert sorted(asking) == sorted(item.path for item in PLAYBOOK_TABLE)


def test_terms_that_grant_what_is_asked_give_the_assessment_of_the_answers() -> None:
    found, _terms = on(mild(), asked_for(mild()))

    assert found.on_terms == found.asked
    assert (found.on_terms.digest, found.by_path) == (found.asked.digest, {})


@pytest.mark.parametrize("users", [1, 20, 500])
def test_terms_judged_one_after_the_other_give_what_each_gives_alone(users: int) -> None:
    granting = ENGINE.granting(CORE, mild())
    for count, autonomy in ((3, "acts_alone"), (users, "suggests"), (users, "acts_alone")):
        limits = asked_for(mild()).replaced({"user_permissions.max_users": count, "model_scope.autonomy": autonomy})
        alone, given_terms = on(mild(), limits)
        assert granting(given_terms) == alone
        assert granting(given_terms).on_terms.digest == alone.on_terms.digest


def test_a_list_says_the_same_in_any_order() -> None:
    options = CORE.question("data.categories").options
    listed = tuple(option.id for option in options if not option.alone)[:3]
    answers = mild().given("data.categories", Answer(listed[::-1]))
    found, _terms = on(answers, asked_for(answers))

    assert found.by_path == {}
    assert found.on_terms.digest == found.asked.digest


def test_the_boundaries_of_a_harmless_case_cannot_be_opened_without_raising_the_tier() -> None:
    """What both offices once signed on a request judged minimal (issue “the truth of the decision”, a)."""
    found = granted(
        mild(), highest_class="restricted", personal_data="special", autonomy="acts_alone", code_execution=True,
        network="internet",
    )  # fmt: skip

    assert found.asked.tier is Tier.MINIMAL
    assert found.on_terms.tier is Tier.HIGH
    assert set(found.on_terms.granted) == {
        "data.personal", "start.data", "system.autonomy", "system.code", "system.network",
    }  # fmt: skip
    assert len(found.on_terms.threats) > len(found.asked.threats)
    assert found.on_terms.path.valid_days < found.asked.path.valid_days


def test_a_question_that_is_not_asked_is_answered_by_what_is_granted() -> None:
    answers = mild()
    assert "system.code" not in answers  # asked only of what writes code

    found = granted(answers, code_execution=True)

    assert found.by_path["system_integration.code_execution"] == "system.code"
    assert found.on_terms.digest != found.asked.digest


def test_tighter_terms_lower_the_tier() -> None:
    answers = mild().given("system.autonomy", Answer("acts_alone")).given("start.data", Answer("restricted"))
    found = granted(answers, autonomy="suggests", highest_class="public")

    assert found.on_terms.tier.rank < found.asked.tier.rank


def test_what_the_terms_settle_is_no_open_point_any_more() -> None:
    answers = mild().given("data.personal", DONT_KNOW)
    assert "data.personal" in on(answers, asked_for(answers))[0].on_terms.open_points

    found = granted(answers, personal_data="ordinary")

    assert "data.personal" in found.asked.open_points
    assert "data.personal" not in found.on_terms.open_points


def test_a_text_left_open_is_granted_as_it_was_answered() -> None:
    found = granted(mild(), provider="")

    assert found.on_terms.digest == found.asked.digest


@pytest.mark.parametrize(("budget", "rows"), [("EUR 500", 1), ("", 1), ("CHF 20000", 1), ("EUR 20000", 0)])
def test_a_budget_is_granted_as_it_is_signed(budget: str, rows: int) -> None:
    """Tighter, none at all, or in another currency: what is granted counts, and is told beside what was asked."""
    answers = mild().given("people.budget", Answer("EUR 20000"))
    found = granted(answers, budget=budget)

    assert asked_for(answers)["user_permissions.budget"] == "EUR 20000"
    assert found.on_terms.granted == ("people.budget",) * rows
    assert (found.on_terms.digest != found.asked.digest) == bool(rows)


def test_an_entry_the_playbook_has_no_option_for_is_a_doubt_and_no_no() -> None:
    found = granted(mild(), categories=frozenset({"Thoughts of our customers"}))

    assert found.on_terms.granted == ("data.categories",)
    assert "data.categories" in found.on_terms.open_points
    assert found.on_terms.tier.rank >= found.asked.tier.rank


def test_what_only_a_grant_asks_is_not_known_and_raises_the_tier_as_a_doubt() -> None:
    """The questions that special categories open were never asked, so no rule about them may be taken for a no."""
    found = granted(mild(), personal_data="special")

    opened = set(found.on_terms.open_points) - set(found.asked.open_points)
    assert opened
    assert all(not item.missing for item in found.on_terms.might_be)


def test_the_stage_granted_counts_as_the_stage() -> None:
    found, _terms = on(mild(), asked_for(mild()), Stage.IDEA)

    assert found.on_terms.granted == (STAGE,)
    assert [item.id for item in CORE.questions if item.id in found.on_terms.open_points] == list(
        found.asked.open_points
    )


@given(random_boundaries(), st.sampled_from(GRANTABLE))
@settings(max_examples=25)
def test_equal_terms_give_equal_assessments_and_other_ones_name_what_they_change(
    limits: Boundaries, stage: Stage
) -> None:
    answers = mild()
    one, given_terms = on(answers, limits, stage)
    other = ENGINE.assess_granted(CORE, Answers(dict(reversed(list(answers.items())))), given_terms)

    assert one.on_terms.digest == other.on_terms.digest
    assert (one.on_terms.granted == ()) == (one.on_terms.digest == one.asked.digest)
    assert set(one.by_path.values()) <= set(one.on_terms.granted)
    assert against_granting(one.on_terms, given_terms, one.on_terms.digest) == against_limits(one.on_terms, given_terms)


SMALL = made()


@given(complete(SMALL), st.data())
@settings(max_examples=40)
def test_what_a_playbook_proposes_can_always_be_granted(answers: Answers, data: st.DataObject) -> None:
    """Controls draw the proposal in, so it is judged no higher than what was asked for."""
    asked = ENGINE.assess(SMALL, answers)
    given_terms = terms(Stage.IDEA, asked.boundaries, (), FIRST, FIRST + timedelta(days=asked.path.valid_days))
    found = ENGINE.assess_granted(SMALL, answers, given_terms)

    assert found.on_terms.tier.rank <= asked.tier.rank
    if asked.tier is not Tier.PROHIBITED:
        assert against_limits(found.on_terms, given_terms) is None


@pytest.mark.parametrize(("days", "refused"), [(0, False), (365, False), (366, True), (7300, True)])
def test_terms_last_no_longer_than_the_tier_allows(days: int, refused: bool) -> None:
    found, given_terms = on(mild(), asked_for(mild()), days=days)
    assert found.on_terms.path.valid_days == 365

    reason = against_limits(found.on_terms, given_terms)

    assert (reason.code if reason else "") == ("GrantTooLong" if refused else "")


def test_nothing_prohibited_is_granted_and_no_other_assessment_than_the_computed_one() -> None:
    forbidden_use = mild().given("start.practices", Answer(("manipulate",)))
    found, given_terms = on(forbidden_use, asked_for(mild()), days=0)
    forbidden = against_limits(found.on_terms, given_terms)
    assert forbidden is not None
    assert forbidden.code == "GrantProhibited"

    harmless, given_terms = on(mild(), asked_for(mild()))
    forged = against_granting(harmless.on_terms, given_terms, "1" * 64)
    assert forged is not None
    assert forged.code == "GrantJudgedOtherwise"


def test_only_what_nobody_was_asked_is_called_so() -> None:
    """The regions were answered; that the terms name one of which the playbook knows nothing leaves the question open."""
    answers = mild(start_data="confidential", start_ai="agent")
    assert "data.regions" in answers
    found = granted(answers, regions=frozenset({"Atlantis"}))
    assert "data.regions" in found.on_terms.open_points
    wider = granted(mild(), personal_data="ordinary")

    def opened(one: Granted) -> str:
        return " ".join(said(row.value) for row in judged_rows(CORE, one) if said(row.label) == "Nobody was asked")

    assert CORE.labels["data.regions"] not in opened(found)
    assert CORE.labels["data.dpia"] in opened(wider)
