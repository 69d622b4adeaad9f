"""What laws and standards call a use case, and which of its answers do not fit together.

Both are read from the playbook beside the tier. A classification always gives exactly one level; a contradiction is
advice to the owner and a question to the offices, and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.base.canonical import Json
from intake.domain.guide import facts
from intake.domain.guide.asked import Asked
from intake.domain.guide.facts import Fact, facts_of
from intake.domain.playbook.judged import Classification, Contradiction, Level
from intake.domain.playbook.rules import Truth
from intake.domain.playbook.whole import Playbook


@dataclass(frozen=True, slots=True)
class Contradicted:
    """Answers that do not fit together, with what was said."""

    contradiction: Contradiction
    facts: tuple[Fact, ...]

    def as_json(self) -> dict[str, Json]:
        return {"contradiction": self.contradiction.id, "facts": facts.as_json(self.facts)}


@dataclass(frozen=True, slots=True)
class Classified:
    """The level the answers give. Not ``certain`` while an answer not known, or not given yet, keeps it open."""

    classification: Classification
    level: Level
    facts: tuple[Fact, ...]
    certain: bool

    def as_json(self) -> dict[str, Json]:
        return {
            "classification": self.classification.id,
            "level": self.level.id,
            "facts": facts.as_json(self.facts),
            "certain": self.certain,
        }


def contradicted(playbook: Playbook, known: Asked) -> tuple[Contradicted, ...]:
    """The contradictions between answers, in the order of the playbook."""
    return tuple(
        Contradicted(item, facts_of(playbook, known, found))
        for item in playbook.contradictions
        if (found := known.findings.of(item.when)).holds
    )


def classified(playbook: Playbook, known: Asked) -> tuple[Classified, ...]:
    """One level of each classification."""
    return tuple(_classified(playbook, item, known) for item in playbook.classifications)


def _classified(playbook: Playbook, classification: Classification, known: Asked) -> Classified:
    open_above = False
    for level in classification.levels:
        found = known.findings.of(level.when)
        if found.asks:
            certain = found.holds and not open_above
            return Classified(classification, level, facts_of(playbook, known, found), certain)
        open_above = open_above or found.verdict is Truth.UNKNOWN
    raise AssertionError(f"{classification.id} has no last level")  # playbook_checks sees to it
