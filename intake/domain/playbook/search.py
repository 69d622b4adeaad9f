"""Searching for answers that make conditions of a playbook hold, or proving that there are none.

A small solver over the finite samples of each question (``samples``). It narrows what each question may still
be, takes what has only one way left first, and branches on the rest. That a question must be asked before it can be
answered is part of the search: its own condition, the stage that needs it, and that the screening leads on.

Every question asked is answered in what it looks for. That loses nothing: a verdict never turns when one learns more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from intake.domain.playbook import rules
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.playbook.questions import Option, Question, QuestionRole
from intake.domain.playbook.rules import Absent, All, AnyOf, Condition, FromTier, Not, Operator, Says, Truth
from intake.domain.playbook.samples import samples
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import GRANTABLE, Stage
from intake.domain.terms.tier import Tier

MAX_BRANCHES = 5_000
"""Ways tried for one goal before it is given up; a playbook that people can read needs a few dozen."""


class Want(Enum):
    """What a condition has to give."""

    YES = frozenset({Truth.YES})
    NOT_NO = frozenset({Truth.YES, Truth.UNKNOWN})
    NOT_YES = frozenset({Truth.NO, Truth.UNKNOWN})
    NO = frozenset({Truth.NO})

    @property
    def affirms(self) -> bool:
        return self in {Want.YES, Want.NOT_NO}

    @property
    def opposite(self) -> Want:
        return _OPPOSITE[self]


_OPPOSITE = {Want.YES: Want.NO, Want.NO: Want.YES, Want.NOT_NO: Want.NOT_YES, Want.NOT_YES: Want.NOT_NO}


@dataclass(frozen=True, slots=True)
class Goal:
    """A condition and what it has to give."""

    condition: Condition | None
    want: Want = Want.YES


Way: TypeAlias = tuple[Goal, ...]
"""Goals that have to be reached together."""
Choice: TypeAlias = tuple[Way, ...]
"""Alternative ways; reaching one of them is enough."""
Left: TypeAlias = dict[str, int]
"""What each question touched so far may still be: one bit for each entry of ``_Domain.facts``."""


@dataclass(frozen=True, slots=True)
class _Domain:
    """What may be known about a question: its samples, then, if it can be hidden, that it is not asked."""

    facts: tuple[Answer | Absent, ...]
    asked: Way

    @property
    def full(self) -> int:
        return (1 << len(self.facts)) - 1

    @property
    def hidden(self) -> int:
        return 1 << (len(self.facts) - 1) if self.facts[-1] is Absent.NOT_ASKED else 0


class Search:
    """A playbook prepared for any number of searches."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        asking = leaves(playbook)
        screening = set(playbook.screening.questions)
        self._domains = {
            question.id: _Domain(
                facts=(*samples(question, asking[question.id]), *((Absent.NOT_ASKED,) if question.shown_if else ())),
                asked=self._asked(question, screening=question in screening),
            )
            for question in playbook.questions
        }
        self._masks: dict[tuple[Says, Want], int] = {}
        self._branches = 0

    def choosing(self, question: Question, option: Option) -> Answer | None:
        """The mildest answer that chooses the option, if any can."""
        for fact in self._domains[question.id].facts:
            value = fact.value if isinstance(fact, Answer) else None
            if value == option.id or (isinstance(value, tuple) and option.id in value):
                return fact if isinstance(fact, Answer) else None
        return None

    def asked(self, question: Question) -> Way:
        """What has to hold for a question to be asked."""
        return self._domains[question.id].asked

    def solutions(self, goals: Iterable[Goal]) -> Iterator[Answers]:
        """Answers, each complete, that reach all the goals; nothing when there are none."""
        self._branches = 0
        for left in self._solved(list(goals), [], {}):
            yield self._answers(left)

    def _asked(self, question: Question, *, screening: bool) -> Way:
        made = [Goal(question.shown_if, Want.NOT_NO)]
        stages = GRANTABLE[GRANTABLE.index(question.needed) :]
        if question.needed is not Stage.IDEA:
            asked_for = self._playbook.role(QuestionRole.STAGE)
            offered = self._playbook.question(asked_for).options
            names = tuple(option.id for option in offered if option.id in stages)
            made.append(Goal(Says(asked_for, Operator.ONE_OF, names)))
        if not screening:
            made += [Goal(route.when, Want.NOT_YES) for route in self._playbook.routes if route.stops]
        return tuple(made)

    def _answers(self, left: Left) -> Answers:
        made: dict[str, Answer] = {}
        for name, domain in self._domains.items():
            mask = left.get(name, domain.full)
            fact = domain.facts[(mask & -mask).bit_length() - 1]
            if isinstance(fact, Answer):
                made[name] = fact
        return Answers(made)

    def _solved(self, goals: list[Goal], choices: list[Choice], left: Left) -> Iterator[Left]:
        if not self._narrowed(goals, choices, left):
            return
        if not choices:
            yield left
            return
        first = min(choices, key=len)
        rest = [choice for choice in choices if choice is not first]
        for way in first:
            self._branches += 1
            if self._branches > MAX_BRANCHES:
                return
            yield from self._solved(list(way), list(rest), dict(left))

    def _narrowed(self, goals: list[Goal], choices: list[Choice], left: Left) -> bool:
        """Take every goal, then every choice with one way left, until only real choices remain. False: no way at all."""
        while True:
            while goals:
                if not self._taken(goals.pop(), goals, choices, left):
                    return False
            waiting: list[Choice] = []
            for choice in choices:
                open_ways = tuple(way for way in choice if all(self._possible(goal, left) for goal in way))
                if not open_ways:
                    return False
                if len(open_ways) == 1:
                    goals.extend(open_ways[0])
                elif not any(all(self._certain(goal, left) for goal in way) for way in open_ways):
                    waiting.append(open_ways)
            choices[:] = waiting
            if not goals:
                return True

    def _taken(self, goal: Goal, goals: list[Goal], choices: list[Choice], left: Left) -> bool:
        if isinstance(goal.condition, Says):
            return self._restricted(
                goal.condition.question, self._mask(goal.condition, goal.want), goals, choices, left
            )
        together, parts = self._parts(goal)
        if together:
            goals.extend(parts)
            return True
        choices.append(tuple((part,) for part in parts))
        return bool(parts)

    def _restricted(self, name: str, mask: int, goals: list[Goal], choices: list[Choice], left: Left) -> bool:
        domain = self._domains[name]
        before = left.get(name)
        now = (domain.full if before is None else before) & mask
        if now == before or not now:
            return bool(now)
        left[name] = now
        not_asked = Goal(domain.asked[0].condition, Want.NO)
        if not now & domain.hidden:
            if before is None or before & domain.hidden:
                goals.extend(domain.asked)
        elif now == domain.hidden:
            goals.append(not_asked)
        elif before is None:
            choices.append((domain.asked, (not_asked,)))
        return True

    def _parts(self, goal: Goal) -> tuple[bool, tuple[Goal, ...]]:
        """What a goal comes down to, and whether all of it has to be reached or one part is enough."""
        want = goal.want
        match goal.condition:
            case None:
                return want.affirms, ()
            case All(parts):
                return want.affirms, tuple(Goal(part, want) for part in parts)
            case AnyOf(parts):
                return not want.affirms, tuple(Goal(part, want) for part in parts)
            case Not(part):
                return True, (Goal(part, want.opposite),)
            case FromTier(tier):
                # A doubt raises the tier as far as high, so for less than prohibited a rule in doubt is enough.
                high = Want.YES if tier is Tier.PROHIBITED else Want.NOT_NO
                reaching = [rule.when for rule in self._playbook.rules if rule.tier.rank >= tier.rank]
                if tier is Tier.MINIMAL:
                    return want.affirms, ()
                return not want.affirms, tuple(Goal(when, high if want.affirms else high.opposite) for when in reaching)
        raise AssertionError(goal.condition)

    def _possible(self, goal: Goal, left: Left) -> bool:
        """Whether the goal may still be reached, looking at each leaf for itself."""
        if isinstance(goal.condition, Says):
            name = goal.condition.question
            return bool(left.get(name, self._domains[name].full) & self._mask(goal.condition, goal.want))
        together, parts = self._parts(goal)
        found = (self._possible(part, left) for part in parts)
        return all(found) if together else any(found)

    def _certain(self, goal: Goal, left: Left) -> bool:
        """Whether the goal is reached whatever is chosen from what is left."""
        if isinstance(goal.condition, Says):
            name = goal.condition.question
            return name in left and not left[name] & ~self._mask(goal.condition, goal.want)
        together, parts = self._parts(goal)
        found = (self._certain(part, left) for part in parts)
        return all(found) if together else any(found)

    def _mask(self, leaf: Says, want: Want) -> int:
        key = (leaf, want)
        if key not in self._masks:
            facts = self._domains[leaf.question].facts
            verdicts = [rules.evaluate(leaf, {leaf.question: fact}).verdict for fact in facts]
            for each in Want:
                self._masks[leaf, each] = sum(1 << bit for bit, found in enumerate(verdicts) if found in each.value)
        return self._masks[key]


def leaves(playbook: Playbook) -> Mapping[str, tuple[Says, ...]]:
    """For each question every leaf of any condition that asks about it, each once."""
    found: dict[str, dict[Says, None]] = {question.id: {} for question in playbook.questions}
    for condition in _conditions(playbook):
        for leaf, _ in rules.leaves(condition):
            if isinstance(leaf, Says):
                found[leaf.question][leaf] = None
    return {name: tuple(asking) for name, asking in found.items()}


def _conditions(playbook: Playbook) -> Iterator[Condition | None]:
    for question in playbook.questions:
        yield from (question.shown_if, question.required_if, question.expected_if)
    yield from (route.when for route in playbook.routes)
    yield from (rule.when for rule in playbook.rules)
    yield from (threat.when for threat in playbook.threats)
    yield from (control.when for control in playbook.controls)
    yield from (duty.when for duty in playbook.duties)
    yield from (contradiction.when for contradiction in playbook.contradictions)
    yield from (level.when for classification in playbook.classifications for level in classification.levels)
