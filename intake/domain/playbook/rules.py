"""Conditions as data: when a question is asked, a tier rule fires, a threat or a duty applies.

A condition is a small tree read from tables (``all``, ``any``, ``not``, a question with one operator, or a tier) and
evaluated without any program text. Its logic has three values (Kleene): “I don't know” is never a silent no, it leaves
the verdict open until something else decides. Every verdict names the questions that decided it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import ge, le
from typing import Any, TypeAlias

from intake.domain.base.canonical import Json
from intake.domain.base.located import PlacedRefusal, place_in
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Wording
from intake.domain.playbook.answers import Answer, Value
from intake.domain.terms.tier import Tier

MAX_NESTING = 5
"""Deep enough for any rule a person can check by reading it, and inside the depth canonical JSON allows."""


class UnreadableCondition(PlacedRefusal):
    what = "A condition in the playbook cannot be read: {detail} ({where})."
    why = "A condition that is misread would ask, warn or classify wrongly without anybody noticing."
    next = "Correct the playbook and load it again."


_NO_TABLE = Wording("ConditionNoTable", "it is not a table")
_TOO_DEEP = Wording("ConditionTooDeep", "it is nested too deeply to be checked by reading")
_NO_LIST = Wording("ConditionNoList", "“all” and “any” need a list of conditions")
_NO_TIER = Wording("ConditionNoTier", "there is no tier “{tier}”")
_ODD_KEYS = Wording("ConditionOddKeys", "it needs a question and one operator, and has: {keys}")
_NO_TEXTS = Wording("ConditionNoTexts", "“{operator}” needs different texts")
_ONLY_TRUE = Wording("ConditionOnlyTrue", "“{operator}” can only be true; put it under “not”")
_NO_VALUE = Wording("ConditionNoValue", "“{operator}” needs one value")


class Truth(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Absent(StrEnum):
    """Why a question has no answer: it waits for one, it does not apply, or nobody knows whether it applies."""

    MISSING = "missing"
    NOT_ASKED = "not asked"
    UNCLEAR = "unclear"


class Operator(StrEnum):
    IS = "is"
    ONE_OF = "one_of"
    INCLUDES = "includes"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"
    UNKNOWN = "unknown"


# Python 3.11 looks a member up again each time it is reached through its class, and a judgement asks for thousands.
_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
_NOT_ASKED, _MISSING, _IS_UNKNOWN = Absent.NOT_ASKED, Absent.MISSING, Operator.UNKNOWN

Wanted: TypeAlias = tuple[bool | int | str, ...]
"""What an answer is compared with: one value, or several for ``one_of`` and ``includes``."""

Facts: TypeAlias = Mapping[str, Answer | Absent]
"""What is known about each question of a playbook, made by ``asked.facts``."""


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class Says:
    """One question and what its answer must be."""

    question: str
    operator: Operator
    values: Wanted


@dataclass(frozen=True, slots=True)
class FromTier:
    """The assessed tier is this one or higher. Only where the tier is already known: in controls and duties."""

    tier: Tier


Condition: TypeAlias = All | AnyOf | Not | Says | FromTier


@dataclass(frozen=True, slots=True)
class ConditionFinding:
    """A verdict with the questions behind it.

    ``facts`` decided it. While the verdict is unknown, ``unknown`` are the questions answered “I don't know” and
    ``missing`` those not answered yet that keep it open.
    """

    verdict: Truth
    facts: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return self.verdict is Truth.YES

    @property
    def asks(self) -> bool:
        """Whether what waits for this is asked for: a doubt asks, too."""
        return self.holds or self.doubted

    @property
    def doubted(self) -> bool:
        """Open because somebody said “I don't know”, not merely because an answer has yet to come."""
        return self.verdict is Truth.UNKNOWN and bool(self.unknown)


def evaluate(condition: Condition | None, facts: Facts, tier: Tier = Tier.MINIMAL) -> ConditionFinding:
    """The verdict of ``condition`` with what is behind it; no condition always holds.

    Raises KeyError for a question ``facts`` does not know.
    """
    return grounded(condition, verdict(condition, facts, tier), facts, tier)


def grounded(condition: Condition | None, found: Truth, facts: Facts, tier: Tier = Tier.MINIMAL) -> ConditionFinding:
    """The finding for a verdict already found for the same facts and tier."""
    grounds = _Grounds(facts, tier)
    grounds.gather(condition, found)
    return ConditionFinding(found, tuple(grounds.known), tuple(grounds.unknown), tuple(grounds.missing))


def verdict(condition: Condition | None, facts: Facts, tier: Tier = Tier.MINIMAL) -> Truth:
    """Only the verdict, without the questions behind it: a fraction of the time, for all that does not hold.

    Kleene's logic: a no decides a conjunction, a yes a disjunction, and otherwise what is unknown leaves it open.
    """
    return Truth.YES if condition is None else _JUDGES[type(condition)](condition, facts, tier)


def questions(condition: Condition | None) -> tuple[str, ...]:
    """The questions a condition asks about, in the order of its text, each once."""
    return tuple(dict.fromkeys(part.question for part, _ in leaves(condition) if isinstance(part, Says)))


def leaves(condition: Condition | None, *, negated: bool = False) -> Iterator[tuple[Says | FromTier, bool]]:
    """Every leaf with whether an odd number of ``not`` is above it."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part, negated=negated)
        case Not(part):
            yield from leaves(part, negated=not negated)
        case Says() | FromTier():
            yield condition, negated


def read(value: object, where: Fact, nesting: int = MAX_NESTING) -> Condition:
    """Read a condition from a table, at most ``nesting`` levels deep. ``where`` names the place for the refusal.

    Raises UnreadableCondition.
    """
    if not isinstance(value, Mapping) or not value:
        raise _unreadable(_NO_TABLE(), where, value)
    if nesting < 1:
        raise _unreadable(_TOO_DEEP(), where, value)
    keys = set(value)
    if keys in ({"all"}, {"any"}):
        parts = value[next(iter(keys))]
        if not isinstance(parts, list) or not parts:
            raise _unreadable(_NO_LIST(), where, value)
        made = tuple(read(part, where, nesting - 1) for part in parts)
        return All(made) if keys == {"all"} else AnyOf(made)
    if keys == {"not"}:
        return Not(read(value["not"], where, nesting - 1))
    if keys == {"tier"}:
        if value["tier"] not in list(Tier):
            raise _unreadable(_NO_TIER(tier=str(value["tier"])), where, value)
        return FromTier(Tier(value["tier"]))
    return _read_says(value, where)


def as_json(condition: Condition) -> dict[str, Json]:
    """The table ``read`` reads."""
    match condition:
        case All(parts):
            return {"all": [as_json(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [as_json(part) for part in parts]}
        case Not(part):
            return {"not": as_json(part)}
        case FromTier(tier):
            return {"tier": tier.value}
        case Says(question, operator, values):
            single = operator not in {Operator.ONE_OF, Operator.INCLUDES}
            return {"question": question, operator.value: values[0] if single else list(values)}


def _read_says(value: Mapping[str, object], where: Fact) -> Says:
    names = set(value) - {"question"}
    question = value.get("question")
    if not isinstance(question, str) or len(names) != 1 or not names <= set(Operator):
        raise _unreadable(_ODD_KEYS(keys=", ".join(sorted(map(str, value)))[:80]), where, value)
    operator = Operator(names.pop())
    found = value[operator.value]
    if operator in {Operator.ONE_OF, Operator.INCLUDES}:
        listed = found if isinstance(found, list) else [found]
        values = tuple(entry for entry in listed if isinstance(entry, str))
        if not values or len(values) != len(listed) or len(set(values)) != len(values):
            raise _unreadable(_NO_TEXTS(operator=operator), where, value)
        return Says(question, operator, values)
    if operator in {Operator.ANSWERED, Operator.UNKNOWN} and found is not True:
        raise _unreadable(_ONLY_TRUE(operator=operator), where, value)
    if not isinstance(found, bool | int | str):
        raise _unreadable(_NO_VALUE(operator=operator), where, value)
    return Says(question, operator, (found,))


def _unreadable(detail: Reason, where: Fact, value: object) -> UnreadableCondition:
    return UnreadableCondition(detail=detail, where=where, place=place_in(value))


def _all(condition: All, facts: Facts, tier: Tier) -> Truth:
    found = _YES
    for part in condition.parts:
        one = _JUDGES[type(part)](part, facts, tier)
        if one is _NO:
            return one
        if one is _UNKNOWN:
            found = one
    return found


def _any_of(condition: AnyOf, facts: Facts, tier: Tier) -> Truth:
    found = _NO
    for part in condition.parts:
        one = _JUDGES[type(part)](part, facts, tier)
        if one is _YES:
            return one
        if one is _UNKNOWN:
            found = one
    return found


def _not(condition: Not, facts: Facts, tier: Tier) -> Truth:
    return _opposite(_JUDGES[type(condition.part)](condition.part, facts, tier))


def _says(leaf: Says, facts: Facts, _tier: Tier) -> Truth:
    fact = facts[leaf.question]
    if not isinstance(fact, Answer):
        return _NO if fact is _NOT_ASKED else _UNKNOWN
    operator, value = leaf.operator, fact.value
    if value is None:
        return _YES if operator is _IS_UNKNOWN else _UNKNOWN
    return _YES if _TELLS[operator](value, leaf.values) else _NO


def _from_tier(condition: FromTier, _facts: Facts, tier: Tier) -> Truth:
    return _YES if tier.rank >= condition.tier.rank else _NO


# By class, because asking an object what it is again and again takes longer than judging it.
_JUDGES: Mapping[type[Condition], Callable[[Any, Facts, Tier], Truth]] = {
    All: _all,
    AnyOf: _any_of,
    Not: _not,
    Says: _says,
    FromTier: _from_tier,
}


def _opposite(found: Truth) -> Truth:
    if found is _UNKNOWN:
        return found
    return _NO if found is _YES else _YES


class _Grounds:
    """Gathers the questions behind a verdict, each once, in the order of the condition."""

    def __init__(self, facts: Facts, tier: Tier) -> None:
        self._facts, self._tier = facts, tier
        self.known: dict[str, None] = {}
        self.unknown: dict[str, None] = {}
        self.missing: dict[str, None] = {}

    def gather(self, condition: Condition | None, found: Truth, *, inside_open: bool = False) -> None:
        """What made ``condition`` give ``found``. Inside a part that is open, what is known decided nothing."""
        if isinstance(condition, Says):
            self._name(condition.question, found, inside_open=inside_open)
        elif isinstance(condition, Not):
            self.gather(condition.part, _opposite(found), inside_open=inside_open)
        elif isinstance(condition, All | AnyOf):
            decides = _NO if isinstance(condition, All) else _YES
            for part in condition.parts:
                # What no part decided on its own, and is not open either, every part said alike.
                alike = found is not decides and found is not _UNKNOWN
                one = found if alike else _JUDGES[type(part)](part, self._facts, self._tier)
                if one is decides or found is not decides:
                    still_open = inside_open or (found is _UNKNOWN and one is _UNKNOWN)
                    self.gather(part, one, inside_open=still_open)

    def _name(self, question: str, found: Truth, *, inside_open: bool) -> None:
        fact = self._facts[question]
        if found is _UNKNOWN:
            (self.missing if fact is _MISSING else self.unknown)[question] = None
        elif not inside_open and isinstance(fact, Answer):
            self.known[question] = None


def _is(value: Value, wanted: Wanted) -> bool:
    if isinstance(value, str):
        return value in wanted
    # Python holds True == 1; a yes is not the number one.
    return value in wanted and type(value) in map(type, wanted)


def _includes(value: Value, wanted: Wanted) -> bool:
    return isinstance(value, tuple) and any(entry in value for entry in wanted)


def _compared(value: Value, wanted: Wanted, holds: Callable[[Any, Any], bool]) -> bool:
    """Numbers, and days written as 2026-11-22, which compare as text; anything else is neither more nor less."""
    limit = wanted[0]
    if isinstance(value, bool) or isinstance(limit, bool):
        return False
    alike = isinstance(limit, int) if isinstance(value, int) else isinstance(value, str) and isinstance(limit, str)
    return alike and holds(value, limit)


# What an answer that is known has to be.
_TELLS: Mapping[Operator, Callable[[Value, Wanted], bool]] = {
    Operator.IS: _is,
    Operator.ONE_OF: _is,
    Operator.INCLUDES: _includes,
    Operator.AT_LEAST: lambda value, wanted: _compared(value, wanted, ge),
    Operator.AT_MOST: lambda value, wanted: _compared(value, wanted, le),
    Operator.ANSWERED: lambda _value, _wanted: True,
    Operator.UNKNOWN: lambda _value, _wanted: False,
}
