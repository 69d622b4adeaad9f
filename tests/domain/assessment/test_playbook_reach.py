"""What of a playbook can be reached: found when there is a way, named when there is none, compared with trying everything."""

from __future__ import annotations

from functools import partial
from itertools import product

import pytest
from hypothesis import given, settings

from intake.domain.assessment.reach import items, overshadowed, reached, unreachable, witnesses
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.playbook.reading import playbook
from intake.domain.playbook.reading.places import At
from intake.domain.playbook.samples import samples
from intake.domain.playbook.search import Goal, Search, leaves
from intake.domain.playbook.whole import Playbook
from tests.counting import calls
from tests.domain.playbook.generated_playbooks import FEW, every_answer, small_playbooks, wide
from tests.domain.playbook.small_playbook import FILES, RULES, edited, made

SMALL = made()
PEOPLE = '{ question = "work.users", at_least = 100 }'


def ruled(condition: str) -> Playbook:
    """The small playbook with another condition for its rule about many people."""
    return playbook.load(edited("rules", PEOPLE, condition))


def test_everything_in_a_sound_playbook_can_be_reached_and_the_engine_agrees():
    found = witnesses(SMALL)

    assert unreachable(SMALL) == ()
    assert set(found) == set(items(SMALL))
    for name, answers in found.items():
        given_, seen = reached(SMALL, answers)
        assert name in seen
        assert given_ == answers


def test_items_are_named_as_the_checks_name_them():
    assert set(map(str, items(SMALL))) >= {
        "question “work.kinds”",
        "question “work.kinds”, option “health”",
        "question “work.until”, required_if",
        "route “stop”",
        "rule “health”",
        "threat “leak”",
        "control “small”",
        "duty “tell”",
    }


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (
            '{ all = [{ question = "work.data", is = "public" }, { named = "restricted" }] }',
            "two answers to one question",
        ),
        ('{ question = "work.users", at_least = 1001 }', "more than the question takes"),
        ('{ not = { question = "work.users", at_least = 1 } }', "less than the question takes"),
        (
            '{ all = [{ question = "work.data", is = "public" }, { question = "work.kinds", includes = ["staff"] }] }',
            "not asked when it would hold",
        ),
        (
            '{ all = [{ question = "work.kinds", includes = ["none"] }, { question = "work.kinds", includes = ["staff"] }] }',
            "an option that stands alone",
        ),
        (
            '{ all = [{ question = "start.bad", is = true }, { question = "work.users", at_least = 2 }] }',
            "the guide stops before",
        ),
    ],
)
def test_a_rule_that_can_never_hold_is_named(condition, why):
    assert unreachable(ruled(condition)) == (At("rule", "many"),), why


@pytest.mark.parametrize(
    "condition",
    [
        '{ all = [{ question = "work.kinds", includes = ["health"] }, { question = "work.kinds", includes = ["staff"] }] }',
        '{ all = [{ question = "work.kinds", unknown = true }, { question = "work.users", unknown = true }] }',
        '{ not = { question = "work.kinds", includes = ["staff", "health"] } }',
        '{ all = [{ question = "work.users", at_least = 77 }, { question = "work.users", at_most = 77 }] }',
        '{ all = [{ question = "work.data", unknown = true }, { question = "work.kinds", includes = ["staff"] }] }',
    ],
)
def test_a_rule_that_holds_only_in_a_corner_is_found(condition):
    assert unreachable(ruled(condition)) == ()


def test_a_question_nobody_is_asked_takes_with_it_what_rests_on_it():
    text = FILES["work"].replace(
        'shown_if = { question = "work.data", is = "restricted" }',
        'shown_if = { all = [{ question = "work.data", is = "restricted" }, { question = "work.data", is = "public" }, '
        '{ not = { question = "work.data", answered = true } }] }',
    )

    assert tuple(map(str, unreachable(made(work=text)))) == (
        "question “work.kinds”",
        "question “work.kinds”, option “staff”",
        "question “work.kinds”, option “health”",
        "question “work.kinds”, option “none”",
        "rule “health”",
    )


def test_a_question_for_later_cannot_decide_about_an_idea():
    text = FILES["screening"].replace(
        'options = [{ id = "pilot"', 'options = [{ id = "idea", label = "I" }, { id = "pilot"'
    )
    work = FILES["work"].replace('id = "work.users"', 'id = "work.users"\nneeded = "pilot"')
    early = '{ all = [{ question = "start.stage", is = "idea" }, { question = "work.users", at_least = 9 }] }'

    found = made(screening=text, work=work, rules=RULES.replace(PEOPLE, early))

    assert unreachable(found) == (At("rule", "many"),)


def test_a_route_behind_one_that_always_holds_is_named():
    text = FILES["screening"].replace(
        'when = { question = "start.bad", is = true }', 'when = { question = "start.stage", answered = true }'
    )

    assert At("route", "on") in unreachable(made(screening=text))


def test_a_rule_that_never_decides_is_told_apart_from_one_that_never_holds():
    always_with_health = '{ question = "work.kinds", includes = ["health"] }'

    found = ruled(always_with_health)

    assert unreachable(found) == ()
    assert overshadowed(found) == ("many",)
    assert overshadowed(SMALL) == ()


@settings(FEW, max_examples=12)
@given(small_playbooks(most=2))
@pytest.mark.exhaustive
def test_the_search_finds_what_trying_every_answer_finds(found):
    asked_about = leaves(found)
    tried = {
        one.id: every_answer(one, samples(one, asked_about[one.id]))
        for one in found.questions
        if one.id != "work.title"
    }
    by_hand: set[At] = set()
    for chosen in product(*tried.values()):
        answers = {name: answer for name, answer in zip(tried, chosen, strict=True) if answer is not None}
        by_hand |= reached(found, Answers({**answers, "work.title": Answer("Letters")}))[1]

    assert set(witnesses(found)) == by_hand & set(items(found))


def test_an_impossible_goal_has_no_solution_and_a_possible_one_has_the_mildest_first():
    search = Search(SMALL)
    restricted = SMALL.threats[0].when

    first = next(search.solutions([Goal(restricted)]))

    assert first["work.kinds"].value == ("none",)
    assert first["start.bad"].value is False


def test_four_times_as_many_questions_take_sixteen_times_the_work_and_not_sixty_four():
    """Each item is looked for once, among all questions. How long three hundred take is measured by ``tests/benchmarks``."""
    small, large = (calls(partial(unreachable, wide(count))) for count in (25, 100))

    assert large < 24 * small
