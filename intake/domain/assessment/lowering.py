"""What would lower the tier: the fewest answers that would have to be different, and the tier there would then be.

It is looked for among the answers that the tier rests on, with the real rules. It says “if that were so”, and never that
it is so: the person who files signs that the answers are true. Nothing lowers what the law forbids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from intake.domain.assessment.assessment import Assessment, assess
from intake.domain.guide.asked import asked, facts_about
from intake.domain.playbook import rules
from intake.domain.playbook.answer_checks import fits
from intake.domain.playbook.answers import Answer, Answers, Value
from intake.domain.playbook.judged import TierRule
from intake.domain.playbook.questions import Question, QuestionKind
from intake.domain.playbook.rules import Facts, Says, Truth
from intake.domain.playbook.samples import samples
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.tier import Tier

MAX_ALTERNATIVES = 60
"""Different answers tried two by two; beyond that only single ones are looked for."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One answer that would be different: ``before`` is what was said, ``after`` the answers that would all do as well.

    Both are in the words people read, ``values`` are the answers of ``after`` themselves; ``question`` is an id.
    """

    question: str
    label: str
    before: str
    after: tuple[str, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Lowering:
    """If all of ``changes`` were so, the tier would be ``tier``, with every doubt counted."""

    changes: tuple[Otherwise, ...]
    tier: Tier


@dataclass(frozen=True, slots=True)
class _Alternative:
    """A question and the values that have the same effect; the first represents all."""

    question: Question
    values: tuple[Value, ...]


def lowering(playbook: Playbook, answers: Mapping[str, Answer]) -> tuple[Lowering, ...]:
    """Single answers that would lower the tier, or, when there are none, pairs; those that lower it most come first.

    A change counts only if no rule of the tier, or of a higher one, then holds, is in doubt, or has become open because a
    question newly asked has no answer yet.
    """
    before = assess(playbook, answers)
    if before.tier in {Tier.MINIMAL, Tier.PROHIBITED}:
        return ()
    judging = _Judging(playbook, Answers(answers), before)
    alternatives = tuple(judging.alternatives())
    kept = _nearest(judging, ((one,) for one in alternatives))
    if not kept and len(alternatives) <= MAX_ALTERNATIVES:
        pairs = combinations(alternatives, 2)
        kept = _nearest(judging, ((one, other) for one, other in pairs if one.question is not other.question))
    return tuple(
        Lowering(tuple(_worded(one, answers[one.question.id]) for one in changes), tier)
        for changes, tier in sorted(kept, key=lambda item: item[1].rank)
    )


def lowered_by(assessment: Assessment) -> tuple[str, ...]:
    """The authored sentences on what would lower the rules that hold at the highest tier, each once."""
    top = [item.rule for item in assessment.fired if item.rule.tier is assessment.certain]
    return tuple(dict.fromkeys(rule.lowered_by for rule in top if rule.lowered_by))


class _Judging:
    """The rules that count for one set of answers, prepared to be asked again about others."""

    def __init__(self, playbook: Playbook, answers: Answers, before: Assessment) -> None:
        self._playbook, self._answers, self._tier = playbook, answers, before.tier
        self._known = asked(playbook, answers).facts
        self._strict = tuple(rule for rule in playbook.rules if rule.tier.rank >= before.tier.rank)
        self._open = {rule.id: _missing(rule, self._known) for rule in playbook.rules}
        wanted = set(_with_before(playbook, (name for rule in self._strict for name in rules.questions(rule.when))))
        self._settling = tuple(question for question in playbook.settling if question.id in wanted)

    def alternatives(self) -> Iterator[_Alternative]:
        """Other answers to the questions that what raises the tier rests on, in the order of the guide."""
        raising = [rule for rule in self._strict if _raises(rule, self._known)]
        names = {name for rule in raising for name in rules.questions(rule.when)}
        telling = _telling(self._playbook, names)
        for question in self._playbook.questions:
            given = self._known[question.id] if question.id in names else None
            if isinstance(given, Answer):
                yield from _alternatives(question, given, telling[question.id])

    def lower(self, changes: Iterable[_Alternative]) -> Tier | None:
        """The lower tier with these changes, if it is one."""
        answers = Answers({**self._answers, **{one.question.id: Answer(one.values[0]) for one in changes}})
        facts = facts_about(self._playbook, answers, self._settling)
        if any(self._stands(rule, facts) for rule in self._strict):
            return None
        # Of lower rules too, one that became open only because a question is new counts as if it held.
        known = asked(self._playbook, answers).facts
        newly_open = [rule.tier for rule in self._playbook.rules if _missing(rule, known) - self._open[rule.id]]
        tier = max([assess(self._playbook, answers).tier, *newly_open], key=lambda tier: tier.rank)
        return tier if tier.rank < self._tier.rank else None

    def _stands(self, rule: TierRule, facts: Facts) -> bool:
        verdict = rules.verdict(rule.when, facts)
        if verdict is not Truth.UNKNOWN:
            return verdict is Truth.YES
        found = rules.grounded(rule.when, verdict, facts)
        return bool(found.unknown) or not set(found.missing) <= self._open[rule.id]


def _raises(rule: TierRule, facts: Facts) -> bool:
    found = rules.evaluate(rule.when, facts)
    return found.holds or found.doubted


def _missing(rule: TierRule, facts: Facts) -> frozenset[str]:
    """The questions that alone keep a rule open: they wait for an answer, or for a later stage."""
    verdict = rules.verdict(rule.when, facts)
    if verdict is not Truth.UNKNOWN:
        return frozenset()
    found = rules.grounded(rule.when, verdict, facts)
    return frozenset() if found.unknown else frozenset(found.missing)


def _with_before(playbook: Playbook, names: Iterable[str]) -> Iterator[str]:
    """The questions named and all that decide whether they are asked."""
    waiting, done = list(names), set[str]()
    while waiting:
        if (name := waiting.pop()) not in done:
            done.add(name)
            waiting.extend(rules.questions(playbook.question(name).shown_if))
            yield name


def _telling(playbook: Playbook, names: set[str]) -> Mapping[str, tuple[Says, ...]]:
    """For each question named the leaves by which its answer bears on the tier, directly or by what it shows."""
    found: dict[str, dict[Says, None]] = {name: {} for name in names}
    conditions = (*(rule.when for rule in playbook.rules), *(question.shown_if for question in playbook.questions))
    for condition in conditions:
        for leaf, _ in rules.leaves(condition):
            if isinstance(leaf, Says) and leaf.question in names:
                found[leaf.question][leaf] = None
    return {name: tuple(leaves) for name, leaves in found.items()}


def _alternatives(question: Question, given: Answer, telling: tuple[Says, ...]) -> Iterator[_Alternative]:
    effects: dict[tuple[Truth, ...], list[Value]] = {}
    for value in _values(question, given, telling):
        effects.setdefault(_effect(question, value, telling), []).append(value)
    if given.value is not None:
        effects.pop(_effect(question, given.value, telling), None)
    for values in effects.values():
        # Of equal choices each is worth naming; of equal numbers, days or sets the nearest is enough.
        yield _Alternative(question, tuple(values) if question.kind is QuestionKind.CHOICE else (values[0],))


def _effect(question: Question, value: Value, telling: tuple[Says, ...]) -> tuple[Truth, ...]:
    return tuple(rules.verdict(leaf, {question.id: Answer(value)}) for leaf in telling)


def _values(question: Question, given: Answer, telling: tuple[Says, ...]) -> tuple[Value, ...]:
    """Values worth trying, those nearest to what was said first."""
    values = tuple(one.value for one in samples(question, telling) if one.value is not None)
    now = given.value
    if question.kind is QuestionKind.CHOICES and isinstance(now, tuple):
        named = {name for leaf in telling for name in leaf.values if name in now}
        fewer = (_without(now, gone) for size in range(1, len(named) + 1) for gone in combinations(sorted(named), size))
        nearer = tuple(value for value in fewer if fits(question, value))
        return tuple(sorted((*nearer, *values), key=lambda value: _apart(value, now)))
    if question.kind is QuestionKind.NUMBER and isinstance(now, int):
        return tuple(sorted(values, key=lambda value: abs(value - now) if isinstance(value, int) else 0))
    return values


def _without(now: Value, gone: Iterable[object]) -> Value:
    return tuple(str(name) for name in now if name not in gone) if isinstance(now, tuple) else now


def _apart(value: Value, now: tuple[object, ...]) -> tuple[int, int]:
    """How many options would have to be added or taken away; taking away is the smaller step."""
    chosen = set(value) if isinstance(value, tuple) else set()
    return len(chosen ^ set(now)), len(chosen - set(now))


def _nearest(
    judging: _Judging, tried: Iterable[tuple[_Alternative, ...]]
) -> list[tuple[tuple[_Alternative, ...], Tier]]:
    """The changes that lower the tier; of several to the same questions that end at the same tier, the nearest."""
    kept: dict[tuple[tuple[str, ...], Tier], tuple[_Alternative, ...]] = {}
    for changes in tried:
        if tier := judging.lower(changes):
            kept.setdefault((tuple(one.question.id for one in changes), tier), changes)
    return [(changes, tier) for (_, tier), changes in kept.items()]


def _worded(one: _Alternative, given: Answer) -> Otherwise:
    question = one.question
    after = tuple(question.said(Answer(value)) for value in one.values)
    return Otherwise(question.id, question.label, question.said(given), after, one.values)
