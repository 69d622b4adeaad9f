"""What would lower the tier: the fewest answers, tried with the real rules, and never by leaving something open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain.assessment.assessment import assess
from intake.domain.assessment.lowering import Otherwise, lowered_by, lowering
from intake.domain.guide.asked import asked
from intake.domain.playbook import rules
from intake.domain.playbook.answers import DONT_KNOW, Answer, Answers
from intake.domain.terms.tier import Tier
from tests.domain.playbook.generated_playbooks import FEW, small_playbooks
from tests.domain.playbook.small_playbook import FILES, RULES, complete, edited, made

SMALL = made()
GIVEN = {
    "start.stage": Answer("pilot"),
    "start.bad": Answer(False),
    "work.title": Answer("Letters"),
    "work.story": Answer("It reads the letters of the day."),
    "work.data": Answer("restricted"),
    "work.kinds": Answer(("staff", "health")),
    "work.users": Answer(20),
}


def changes(found):
    return [([(one.question, one.after) for one in item.changes], item.tier) for item in found]


def test_each_single_answer_that_lowers_the_tier_is_named_with_the_tier_it_leads_to():
    found = lowering(SMALL, GIVEN)

    assert changes(found) == [
        ([("work.data", ("Public",))], Tier.MINIMAL),
        ([("work.kinds", ("Staff",))], Tier.MINIMAL),
    ]
    assert found[1].changes == (Otherwise("work.kinds", "Kinds", "Staff\nHealth", ("Staff",), (("staff",),)),)


def test_a_lower_tier_that_remains_is_said():
    found = lowering(SMALL, GIVEN | {"work.users": Answer(500)})

    assert {item.tier for item in found} == {Tier.LIMITED}


def test_where_no_single_answer_is_enough_two_together_are_looked_for():
    two_rules = RULES.replace(
        'question = "work.users", at_least = 100', 'question = "work.users", at_least = 500'
    ).replace('tier = "limited"', 'tier = "high"')

    found = lowering(made(rules=two_rules), GIVEN | {"work.users": Answer(700)})

    assert changes(found) == [
        ([("work.data", ("Public",)), ("work.users", ("499 people",))], Tier.MINIMAL),
        ([("work.kinds", ("Staff",)), ("work.users", ("499 people",))], Tier.MINIMAL),
    ]


def test_a_number_goes_to_the_limit_and_not_further():
    found = lowering(SMALL, GIVEN | {"work.data": Answer("public"), "work.users": Answer(700)})

    assert changes(found) == [([("work.users", ("99 people",))], Tier.MINIMAL)]


def test_choices_with_the_same_effect_stand_together():
    text = FILES["work"].replace(
        '{ id = "public", label = "Public" }, ',
        '{ id = "public", label = "Public" }, { id = "internal", label = "Internal" }, ',
    )

    found = lowering(made(work=text), GIVEN | {"work.kinds": Answer(("health",))})

    assert changes(found)[0] == ([("work.data", ("Public", "Internal"))], Tier.MINIMAL)


def test_an_answer_that_only_opens_a_new_question_lowers_nothing():
    rules = RULES.replace(
        '{ question = "work.users", at_least = 100 }',
        '{ any = [{ question = "work.data", is = "public" }, { question = "work.kinds", includes = ["staff"] }] }',
    )

    found = lowering(made(rules=rules), GIVEN | {"work.data": Answer("public"), "work.kinds": DONT_KNOW})

    assert found == ()


def test_settling_a_doubt_lowers_the_tier_it_raised():
    found = lowering(SMALL, GIVEN | {"work.kinds": DONT_KNOW})

    assert changes(found)[1] == ([("work.kinds", ("None",))], Tier.MINIMAL)
    assert found[1].changes[0].before == "I don’t know"


@pytest.mark.parametrize("bad", [Answer(True), Answer(False)])
def test_nothing_lowers_what_is_forbidden_or_minimal_already(bad):
    mild = GIVEN | {"work.data": Answer("public"), "start.bad": bad}

    assert lowering(SMALL, mild) == ()


def test_what_was_open_before_in_a_draft_does_not_keep_the_tier_up():
    draft = {name: answer for name, answer in GIVEN.items() if name not in {"work.users", "start.bad"}}

    assert changes(lowering(SMALL, draft)) == changes(lowering(SMALL, GIVEN))


def test_the_authored_sentence_of_each_rule_of_the_highest_tier_is_given():
    told = edited("rules", 'sentence = "It sees health data."', 'sentence = "It."\nlowered_by = "Leave health out."')

    assert lowered_by(assess(made(rules=told["small/rules.toml"].decode()), GIVEN)) == ("Leave health out.",)


@settings(FEW, max_examples=30)
@given(st.data())
@pytest.mark.exhaustive
def test_the_real_rules_give_the_tier_promised_or_one_that_only_missing_answers_raised(data):
    playbook = data.draw(small_playbooks())
    answers = data.draw(complete(playbook))
    before = assess(playbook, answers)

    for found in lowering(playbook, answers):
        for index in range(max(len(one.values) for one in found.changes)):
            otherwise = {one.question: Answer(one.values[min(index, len(one.values) - 1)]) for one in found.changes}
            after = assess(playbook, Answers({**answers, **otherwise}))
            assert after.tier.rank <= found.tier.rank < before.tier.rank


@settings(FEW, max_examples=30)
@given(st.data())
def test_answering_what_is_newly_asked_in_the_mildest_or_any_way_never_goes_back_up_unseen(data):
    playbook = data.draw(small_playbooks())
    answers = data.draw(complete(playbook))
    facts = asked(playbook, answers).facts
    # ``might_be`` names only what is stricter than the tier, so a rule of the tier itself is looked up here.
    still_open = {rule.id: set(rules.evaluate(rule.when, facts).missing) for rule in playbook.rules}

    for found in lowering(playbook, answers):
        otherwise = {one.question: Answer(one.values[0]) for one in found.changes}
        after = assess(playbook, Answers({**answers, **otherwise}))
        stricter = [item for item in after.might_be if item.rule.tier.rank > found.tier.rank]
        assert all(set(item.missing) <= still_open[item.rule.id] for item in stricter)
