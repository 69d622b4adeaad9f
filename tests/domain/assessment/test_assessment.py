"""The assessment: tier with its grounds, doubts, threats, controls, duties and proposed boundaries."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from intake.domain.assessment.assessment import assess
from intake.domain.assessment.proposal import ProposalGround, ProposalReason
from intake.domain.base import canonical
from intake.domain.guide.asked import asked
from intake.domain.guide.facts import Fact
from intake.domain.guide.guide import Guide
from intake.domain.playbook import rules
from intake.domain.playbook.answers import DONT_KNOW, Answer, Answers
from intake.domain.playbook.judged import TierLane
from intake.domain.playbook.reading import playbook
from intake.domain.terms.boundaries import Form
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.tier import Tier
from tests.core import CORE
from tests.domain.playbook.small_playbook import complete, edited, made

SMALL = made()
GIVEN = {
    "start.stage": Answer("pilot"),
    "start.bad": Answer(False),
    "work.title": Answer("Letters"),
    "work.story": Answer("It reads the letters of the day."),
    "work.data": Answer("public"),
    "work.users": Answer(20),
}


def assessed(**changed):
    given_ = GIVEN | {name.replace("_", ".", 1): answer for name, answer in changed.items()}
    return assess(SMALL, {name: answer for name, answer in given_.items() if answer is not None})


def test_without_a_rule_it_is_minimal_and_takes_the_fast_lane():
    found = assessed()

    assert (found.tier, found.certain, found.path.lane) == (Tier.MINIMAL, Tier.MINIMAL, TierLane.FAST)
    assert found.fired == ()
    assert found.complete


def test_the_highest_tier_wins_and_names_the_answers_that_fired_it():
    found = assessed(work_data=Answer("restricted"), work_kinds=Answer(("staff", "health")), work_users=Answer(200))

    assert found.tier is Tier.HIGH
    assert found.path.lane is TierLane.JOINT_BOARD
    assert [(item.rule.id, item.facts) for item in found.fired] == [
        ("health", (Fact("work.data", "Restricted"), Fact("work.kinds", "Staff\nHealth"))),
        ("many", (Fact("work.users", "200 people"),)),
    ]


def test_a_doubt_takes_the_strictest_path_it_could_need():
    found = assessed(work_data=Answer("restricted"), work_kinds=DONT_KNOW)

    assert (found.tier, found.certain, found.ceiling) == (Tier.HIGH, Tier.MINIMAL, Tier.HIGH)
    assert [(item.rule.id, item.unknown, item.missing) for item in found.might_be] == [("health", ("work.kinds",), ())]
    assert found.open_points == ("work.kinds",)


def test_a_doubt_about_something_forbidden_is_looked_at_by_people():
    found = assessed(start_bad=DONT_KNOW)

    assert (found.tier, found.ceiling, found.path.lane) == (Tier.HIGH, Tier.PROHIBITED, TierLane.JOINT_BOARD)


def test_a_doubt_that_cannot_raise_the_tier_is_an_open_point_only():
    found = assessed(work_data=Answer("restricted"), work_kinds=Answer(("health",)), work_users=DONT_KNOW)

    assert found.tier is Tier.HIGH
    assert found.might_be == ()
    assert found.open_points == ("work.users",)


def test_what_is_not_answered_yet_raises_nothing():
    found = assessed(work_users=None, work_data=None)

    assert found.tier is Tier.MINIMAL
    assert not found.complete
    assert [(item.rule.id, item.unknown, item.missing) for item in found.might_be] == [
        ("health", (), ("work.data", "work.kinds")),
        ("many", (), ("work.users",)),
    ]


def test_something_forbidden_stops_whatever_else_is_known():
    found = assessed(start_bad=Answer(True), work_users=DONT_KNOW)

    assert (found.tier, found.path.lane) == (Tier.PROHIBITED, TierLane.STOP)


def test_an_answer_that_does_not_suit_its_question_is_no_fact():
    assert assessed(work_users=Answer("a lot")) == assessed(work_users=None)
    assert assessed(work_users=Answer(5000)) == assessed(work_users=None)


def test_an_answer_to_a_question_not_asked_is_no_fact():
    assert assessed(work_kinds=Answer(("health",))) == assessed()


def test_a_threat_is_matched_with_its_answers_and_calls_its_controls():
    found = assessed(work_data=Answer("restricted"), work_kinds=Answer(("staff",)))

    assert [(item.threat.id, item.facts, item.certain) for item in found.threats] == [
        ("leak", (Fact("work.data", "Restricted"),), True)
    ]
    assert [(item.control.id, item.threats, item.certain) for item in found.controls] == [("terms", ("leak",), True)]


def test_a_threat_nobody_can_rule_out_counts_and_says_so():
    found = assessed(work_data=DONT_KNOW, work_kinds=DONT_KNOW)

    assert [(item.threat.id, item.facts, item.certain) for item in found.threats] == [
        ("leak", (Fact("work.data", "I don’t know"),), False)
    ]
    assert [(item.control.id, item.certain) for item in found.controls] == [("terms", False), ("small", True)]


def test_a_control_may_hang_on_the_tier():
    assert [item.control.id for item in assessed(work_users=Answer(200)).controls] == ["small"]


def test_a_duty_applies_with_the_answers_that_bring_it():
    found = assessed()

    assert [(item.duty.id, item.facts) for item in found.duties] == [("tell", (Fact("work.users", "20 people"),))]
    assert assessed(work_users=Answer(5)).duties == ()


def test_boundaries_start_at_the_tightest():
    assert assess(SMALL, {}).boundaries == TABLE_1.boundaries({})
    assert assess(SMALL, {}).reasons == ()


def test_answers_widen_just_as_far_as_they_ask():
    found = assessed(
        work_data=Answer("restricted"), work_kinds=Answer(("staff", "health")), work_systems=Answer(("Mail", "Files"))
    )

    assert found.boundaries["data_access.highest_class"] == "restricted"
    assert found.boundaries["data_access.categories"] == frozenset({"Staff", "Health"})
    assert found.boundaries["data_access.personal_data"] == "special"
    assert found.boundaries["system_integration.systems"] == frozenset({"Mail", "Files"})
    assert found.boundaries["model_scope.autonomy"] == "suggests"


def test_a_control_draws_a_boundary_in_and_says_so():
    found = assessed(work_users=Answer(200), work_until=Answer("2026-12-01"))

    assert found.boundaries["user_permissions.max_users"] == 50
    assert found.reasons == (
        ProposalGround("user_permissions.max_users", ProposalReason.ASKED, "work.users"),
        ProposalGround("user_permissions.max_users", ProposalReason.TIGHTENED, "small"),
    )


def test_a_doubt_leaves_a_boundary_at_its_tightest():
    assert assessed(work_users=DONT_KNOW).boundaries["user_permissions.max_users"] == 0


def test_forbidden_purposes_add_up():
    files = edited(
        "controls",
        'proposes = { "user_permissions.max_users" = 50 }',
        'proposes = { "model_scope.purposes_forbidden" = ["Judging people"] }',
    )
    found = assess(playbook.load(files), GIVEN | {"work.users": Answer(200)})

    assert found.boundaries["model_scope.purposes_forbidden"] == frozenset({"Judging people"})


def test_the_json_is_canonical_and_names_the_playbook():
    found = assessed(work_users=DONT_KNOW)
    value = canonical.parse(canonical.dump(found.as_json()))

    assert isinstance(value, dict)
    assert value["playbook"] == SMALL.digest
    assert value["lane"] == "joint"
    assert found.digest == canonical.sha256(canonical.dump(found.as_json()))


@pytest.mark.parametrize("found", [SMALL, CORE], ids=["small", "core"])
@given(data=st.data())
def test_the_same_answers_give_the_same_assessment(found, data):
    answers = data.draw(complete(found))
    turned = dict(reversed(list(answers.items())))

    assert assess(found, answers).digest == assess(playbook.from_blob(playbook.to_blob(found)), turned).digest


@pytest.mark.parametrize("found", [SMALL, CORE], ids=["small", "core"])
@given(data=st.data())
def test_i_dont_know_never_lowers_a_tier(found, data):
    answers = data.draw(complete(found))
    known = sorted(
        name for name, answer in answers.items() if not answer.unknown and found.question(name).may_be_unknown
    )
    assume(known)
    doubted = data.draw(st.sampled_from(known))

    before = assess(found, answers)
    after = assess(found, answers.given(doubted, DONT_KNOW))

    assert after.ceiling.rank >= before.ceiling.rank
    assert after.tier.rank >= min(before.tier.rank, Tier.HIGH.rank)
    assert {item.threat.id for item in after.threats} >= {item.threat.id for item in before.threats}
    assert {item.duty.id for item in after.duties} >= {item.duty.id for item in before.duties}


def answered(playbook, answers) -> set[str]:
    facts = asked(playbook, answers).facts
    return {name for name in answers if isinstance(facts[name], Answer)}


@pytest.mark.parametrize("found", [SMALL, CORE], ids=["small", "core"])
@given(data=st.data())
def test_what_is_certain_stays_so_whatever_the_doubts_turn_out_to_be(found, data):
    answers = data.draw(complete(found))
    unknown = sorted(answers.unknown)
    assume(unknown)
    settled = data.draw(st.sampled_from(unknown))
    learned = data.draw(complete(found).map(lambda other: other.get(settled)))
    assume(learned is not None and not learned.unknown)

    before = assess(found, answers)
    after = assess(found, answers.given(settled, learned))

    # What is learned may leave a question unasked (of a field of use that turned out not to be meant), and its answer
    # no fact: only then may a rule that held no longer hold.
    unasked = answered(found, answers) - answered(found, answers.given(settled, learned))
    held = [item.rule for item in before.fired if unasked.isdisjoint(rules.questions(item.rule.when))]
    assert {item.rule.id for item in after.fired} >= {rule.id for rule in held}
    assert after.certain.rank >= max([rule.tier.rank for rule in held], default=0)


@given(complete(CORE))
def test_no_boundary_is_wider_than_what_was_asked_for(answers):
    found = assess(CORE, answers)

    for field in TABLE_1.fields:
        asked = [
            reason for reason in found.reasons if reason.path == field.path and reason.ground is ProposalReason.ASKED
        ]
        if not asked and field.form is not Form.TEXT and field.wider:
            assert found.boundaries[field.path] == field.tightest


@given(complete(CORE))
def test_complete_answers_are_complete_and_waiting_for_nothing(answers):
    found = assess(CORE, answers)
    guide = Guide(CORE, answers)

    if guide.route is not None and not guide.route.stops:
        assert found.complete
        shown = {question.id for question in guide.known.shown}
        assert all(item.unknown or not shown & set(item.missing) for item in found.might_be)
        assert guide.filed() == answers
    assert set(found.open_points) == set(answers.unknown)


def test_an_empty_draft_is_assessed():
    found = assess(CORE, Answers())

    assert found.tier is Tier.MINIMAL
    assert not found.complete
