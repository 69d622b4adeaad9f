"""What the conditions of a playbook give for some facts: each is judged once, and after another answer only where it has to be.

A finding follows from the facts its condition asks about (and the tier) and from nothing else. So what was found before an
answer still holds after it, unless one of those facts changed: most of an assessment is the same from answer to answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.playbook import rules
from intake.domain.playbook.rules import Condition, ConditionFinding, Facts, Truth
from intake.domain.terms.tier import Tier


@dataclass(slots=True)
class _Found:
    """The condition is kept with its finding: as long as it lives, nothing else can have its number."""

    condition: Condition | None
    finding: ConditionFinding
    asks: frozenset[str] | None = None

    def unchanged(self, changed: set[str]) -> bool:
        if self.asks is None:
            self.asks = frozenset(rules.questions(self.condition))
        return changed.isdisjoint(self.asks)


class Findings:
    """The findings for ``facts``. ``before`` are those for other facts; what has not changed is taken over from them."""

    __slots__ = ("_facts", "_found")

    def __init__(self, facts: Facts, before: Findings | None = None) -> None:
        self._facts = facts
        self._found: dict[tuple[int, Tier], _Found] = {}
        if before is not None and facts.keys() == before._facts.keys():
            earlier = before._facts
            changed = {name for name, fact in facts.items() if fact is not earlier[name] and fact != earlier[name]}
            self._found = {key: found for key, found in before._found.items() if found.unchanged(changed)}

    def of(self, condition: Condition | None, tier: Tier = Tier.MINIMAL) -> ConditionFinding:
        """The finding; without its grounds where it does not hold, which is most of the time and nobody asks why.

        Raises KeyError for a question the facts do not know.
        """
        key = (id(condition), tier)
        found = self._found.get(key)
        if found is None:
            verdict = rules.verdict(condition, self._facts, tier)
            finding = _DOES_NOT_HOLD if verdict is _NO else rules.grounded(condition, verdict, self._facts, tier)
            found = self._found[key] = _Found(condition, finding)
        return found.finding


_NO = Truth.NO
_DOES_NOT_HOLD = ConditionFinding(_NO)
