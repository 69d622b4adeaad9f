"""What holds for every set of answers: to the shipped playbook, and to small ones made by chance.

**Risk-raising.** A known answer raises the risk against another known answer to the same question when every condition
that bears on the tier says so. ``bearing`` collects these conditions: each leaf of a tier rule with its sign (plus, or
minus under an odd number of ``not``), and each leaf that decides whether such a question is shown, with the sign of what
it shows; showing raises what is asked for and lowers what is under a ``not``. One answer raises the risk against
another when no leaf with a plus turns from yes to no, and none with a minus from no to yes.

The stage asked for is left out: it says what has to be known by now, and more knowledge may speak for less risk.
An answer “I don't know” is compared in a separate property; it counts as the strictest thing people can still decide.

``CLAIMS`` is the closed list of answers that take a use out of a tier although no rule has them under a ``not``: giving
up the claim raises the risk by law, and that too is tested.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from intake.domain.assessment.assessment import assess, assess_known
from intake.domain.assessment.reach import items, overshadowed, reached
from intake.domain.guide.asked import asked
from intake.domain.guide.guide import Guide, NotReadyToFile, StoppedByScreening
from intake.domain.playbook import rules
from intake.domain.playbook.answers import DONT_KNOW, Answer, Answers
from intake.domain.playbook.rules import Says, Truth
from intake.domain.playbook.samples import samples
from intake.domain.playbook.search import leaves
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.tier import Tier
from tests.core import CORE, core_witnesses, unreachable_in
from tests.domain.playbook.generated_playbooks import FEW, small_playbooks
from tests.filled import filled

ORDER = [Truth.NO, Truth.UNKNOWN, Truth.YES]

CLAIMS = {
    # Art. 6(3): a narrow task takes a listed use out of high risk, and profiling or harm takes the exception away.
    "law.task": Answer("none"),
    "law.harm": Answer(True),
    "law.swayed": Answer(True),
    "law.profiling": Answer(True),
}


def bearing(found: Playbook) -> dict[str, dict[Says, set[int]]]:
    """For each question the leaves by which its answer bears on the tier, each with its signs."""
    signs: dict[str, dict[Says, set[int]]] = {question.id: {} for question in found.questions}
    for rule in found.rules:
        for leaf, negated in rules.leaves(rule.when):
            if isinstance(leaf, Says):
                signs[leaf.question].setdefault(leaf, set()).add(-1 if negated else 1)
    for question in reversed(found.settling):
        own = {sign for each in signs[question.id].values() for sign in each}
        for leaf, negated in rules.leaves(question.shown_if):
            if isinstance(leaf, Says):
                signs[leaf.question].setdefault(leaf, set()).update(-sign if negated else sign for sign in own)
    return signs


def raises(signs: dict[Says, set[int]], before: Answer, after: Answer) -> bool:
    """Whether ``after`` raises the risk against ``before``, or leaves it as it is."""
    for leaf, which in signs.items():
        one, other = (ORDER.index(rules.verdict(leaf, {leaf.question: answer})) for answer in (before, after))
        if (1 in which and other < one) or (-1 in which and other > one):
            return False
    return True


def sampled(found: Playbook) -> dict[str, tuple[Answer, ...]]:
    telling = leaves(found)
    return {question.id: samples(question, telling[question.id]) for question in found.questions}


BEARING = bearing(CORE)
SAMPLES = sampled(CORE)
MILD = Answers({name: found[0] for name, found in SAMPLES.items()})


@st.composite
def full(draw: st.DrawFn, about="") -> Answers:
    """Answers to every question of the shipped playbook, shown or not: a way to some item, a few turned by chance."""
    ways = core_witnesses()
    start = ways[draw(st.sampled_from(sorted((item for item in ways if about in str(item)), key=str)))]
    turned = draw(st.lists(st.sampled_from(sorted(SAMPLES)), max_size=12, unique=True))
    chosen = {name: draw(st.sampled_from(SAMPLES[name])) for name in turned}
    return Answers({**MILD, **start, **chosen})


@st.composite
def any_case(draw: st.DrawFn) -> tuple[Playbook, Answers]:
    """A small playbook with an answer to each of its questions, shown or not."""
    found = draw(small_playbooks())
    return found, Answers({name: draw(st.sampled_from(each)) for name, each in sampled(found).items()})


def tier(found: Playbook, answers: Answers) -> int:
    return assess(found, answers).tier.rank


def check_raising(data, found, answers, signs, choices):
    shown = [question.id for question in asked(found, answers).shown]
    named = [name for name in shown if signs[name] and name != "start.stage"]
    assume(named)
    name = data.draw(st.sampled_from(named))
    before, after = answers[name], data.draw(st.sampled_from(choices[name]))
    assume(not before.unknown and not after.unknown and raises(signs[name], before, after))

    assert tier(found, answers.given(name, after)) >= tier(found, answers)


@FEW
@given(st.data(), full())
def test_a_risk_raising_answer_never_lowers_the_tier(data, answers):
    check_raising(data, CORE, answers, BEARING, SAMPLES)


@FEW
@given(st.data(), any_case())
def test_a_risk_raising_answer_never_lowers_the_tier_of_any_playbook(data, case):
    found, answers = case
    signs = bearing(found)

    check_raising(data, found, answers, signs, sampled(found))


@FEW
@given(full(about="law."), st.sampled_from(sorted(CLAIMS)))
def test_giving_up_a_claim_never_lowers_the_tier(answers, name):
    assume(not answers[name].unknown)

    assert tier(CORE, answers.given(name, CLAIMS[name])) >= tier(CORE, answers)


def test_every_kind_of_answer_is_compared():
    raising = {
        name
        for name, signs in BEARING.items()
        for before in SAMPLES[name]
        for after in SAMPLES[name]
        if signs and before != after and not before.unknown and not after.unknown and raises(signs, before, after)
    }

    bear_on_the_tier = {name for name, signs in BEARING.items() if signs and name != "start.stage"}
    assert bear_on_the_tier <= raising | CLAIMS.keys()


@FEW
@given(st.data(), full())
def test_hidden_answers_never_influence(data, answers):
    check_hidden(data, CORE, answers, SAMPLES)


@FEW
@given(st.data(), any_case())
def test_hidden_answers_never_influence_any_playbook(data, case):
    found, answers = case

    check_hidden(data, found, answers, sampled(found))


def check_hidden(data, found, answers, choices):
    shown = {question.id for question in asked(found, answers).shown}
    hidden = sorted(choices.keys() - shown)
    assume(hidden)
    touched = data.draw(st.lists(st.sampled_from(hidden), min_size=1, max_size=6, unique=True))
    stored = {name: data.draw(st.sampled_from([*choices[name], Answer("nonsense"), None])) for name in touched}
    other = Answers({name: answer for name, answer in {**answers, **stored}.items() if answer is not None})

    one, two = assess(found, answers), assess(found, other)

    assert one.as_json() == two.as_json()
    assert one.digest == two.digest
    assert outcome(Guide(found, answers)) == outcome(Guide(found, other))


def outcome(guide: Guide):
    """What is filed, with its digest, or why nothing can be."""
    try:
        return guide.filed(), guide.filed().digest
    except (NotReadyToFile, StoppedByScreening) as refusal:
        return type(refusal), guide.problems


@FEW
@given(full(), st.sampled_from(sorted(name for name, each in SAMPLES.items() if DONT_KNOW in each)))
def test_not_knowing_never_lowers_the_tier(answers, name):
    before, after = assess(CORE, answers), assess(CORE, answers.given(name, DONT_KNOW))

    # A doubt is never a stop: it takes the strictest path on which people still decide.
    assert after.tier.rank >= min(before.tier, Tier.HIGH, key=lambda found: found.rank).rank
    assert after.ceiling.rank >= before.certain.rank


@FEW
@given(full())
def test_not_knowing_counts_for_more_than_not_having_answered(answers):
    names = [name for name, answer in answers.items() if answer.unknown]
    without = Answers({name: answer for name, answer in answers.items() if name not in names})

    assert tier(CORE, answers) >= tier(CORE, without)


@FEW
@given(full(), st.randoms(use_true_random=False))
def test_assessing_is_deterministic_and_knows_no_order(answers, chance):
    shuffled = list(answers.items())
    chance.shuffle(shuffled)

    assert assess(CORE, dict(shuffled)).as_json() == assess(CORE, answers).as_json() == assess(CORE, answers).as_json()


@FEW
@given(any_case(), st.randoms(use_true_random=False))
def test_the_order_of_pages_and_rules_changes_no_tier(case, chance):
    found, answers = case
    listed = list(found.rules)
    chance.shuffle(listed)

    assert assess(replace(found, rules=tuple(listed)), answers).tier is assess(found, answers).tier


def test_nothing_in_the_shipped_playbook_is_out_of_reach():
    assert unreachable_in(CORE) == ()
    assert set(core_witnesses()) == set(items(CORE))


def test_every_rule_of_the_shipped_playbook_decides_for_some_answers():
    assert overshadowed(CORE) == ()


@pytest.mark.exhaustive
def test_the_engine_agrees_with_every_way_that_was_found():
    for name, answers in core_witnesses().items():
        assert name in reached(CORE, answers)[1], name


def test_every_answer_a_closed_list_offers_can_be_filed_in_some_request():
    for name in ("idea", "pilot", "scaled"):
        assert filled(CORE, {"start.stage": name}).filed()["start.stage"] == Answer(name)


# ------------------------------------------------------------------------------------- one answer after the other
def check_worked_on(data, found, answers, choices):
    """A guide that was given answers one by one knows what one that is made from all of them at once knows."""
    guide = Guide(found, answers)
    assess_known(found, guide.known)
    for name in data.draw(st.lists(st.sampled_from(sorted(choices)), min_size=1, max_size=6)):
        guide = guide.put(name, data.draw(st.sampled_from((*choices[name], None, "not an answer"))))
        fresh = Guide(found, guide.answers)

        assert guide.known == fresh.known
        assert assess_known(found, guide.known) == assess(found, guide.answers)
        assert (guide.problems, guide.tasks, guide.later) == (fresh.problems, fresh.tasks, fresh.later)


@FEW
@given(st.data(), full())
def test_what_is_worked_on_is_what_is_worked_out_anew(data, answers):
    check_worked_on(data, CORE, answers, SAMPLES)


@FEW
@given(st.data(), any_case())
def test_what_is_worked_on_is_what_is_worked_out_anew_for_any_playbook(data, case):
    found, answers = case
    check_worked_on(data, found, answers, sampled(found))
