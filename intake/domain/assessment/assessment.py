"""The assessment: what a playbook computes from answers, the same everywhere and for ever.

It is a pure function of the playbook and the answers, computed by an engine with a number (``engines``): the tier with
the rules that fired and the facts that fired them, what it might be because something is not known, threats, controls and
duties with their grounds, and the boundaries proposed to the offices. It decides nothing; two people do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake.domain.assessment.proposal import BoundaryOverfull, ProposalGround, ProposalReason, propose
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.wording import enumerated
from intake.domain.guide import facts
from intake.domain.guide.asked import Asked, asked
from intake.domain.guide.classifying import Classified, Contradicted, classified, contradicted
from intake.domain.guide.facts import Fact, facts_of
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.judged import Control, Duty, Threat, TierPath, TierRule
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.boundaries import MAX_ITEMS, Boundaries
from intake.domain.terms.field_tables import PLAYBOOK_TABLE
from intake.domain.terms.tier import Tier

FORMAT = "countersign/assessment/1"
ENGINE = 1
"""The number of the code below. Once a release has it, code that gives another outcome is another engine."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A tier rule that holds, with the answers that made it hold."""

    rule: TierRule
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class MightBe:
    """A tier rule that cannot be judged and would raise the tier.

    ``unknown`` are the questions answered “I don't know”; ``missing`` those not answered yet, in a draft.
    """

    rule: TierRule
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A threat the answers match, or, when not ``certain``, one that nobody can rule out."""

    threat: Threat
    facts: tuple[Fact, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Called:
    """A control that applies, with the matched threats (ids) and the answers that call for it."""

    control: Control
    threats: tuple[str, ...]
    facts: tuple[Fact, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty that applies, or, when not ``certain``, may apply."""

    duty: Duty
    facts: tuple[Fact, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """``tier`` is what the case is treated as: ``certain`` is what the known answers say, and a doubt may raise it as
    far as high. Only known answers make it prohibited. ``open_points`` are the questions answered “I don't know”,
    ``expected`` those for evidence that is expected and not there. ``engine`` is the number of the code that made it.
    ``granted`` are the questions for which terms counted instead of the answer, of an assessment on terms (``granted``).
    """

    engine: int
    playbook: str
    tier: Tier
    certain: Tier
    path: TierPath
    fired: tuple[Fired, ...]
    might_be: tuple[MightBe, ...]
    threats: tuple[Matched, ...]
    controls: tuple[Called, ...]
    duties: tuple[Owed, ...]
    boundaries: Boundaries
    reasons: tuple[ProposalGround, ...]
    open_points: tuple[str, ...]
    complete: bool
    classified: tuple[Classified, ...] = ()
    contradictions: tuple[Contradicted, ...] = ()
    expected: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()

    @property
    def ceiling(self) -> Tier:
        """The highest tier the case could turn out to be once every doubt is settled."""
        return max([self.certain, *(item.rule.tier for item in self.might_be if item.unknown)], key=_rank)

    def overfull(self, playbook: Playbook) -> BoundaryOverfull | None:
        """Why nobody files or approves these answers: a boundary does not hold all that they and the controls name."""
        found = [item for item in self.reasons if item.ground is ProposalReason.LEFT_OUT]
        if not found:
            return None
        labels = {item.id: item.label for item in playbook.questions} | {
            item.id: item.title for item in playbook.controls
        }
        path = found[0].path
        named = dict.fromkeys(labels.get(item.by, item.by) for item in self.reasons if item.path == path)
        return BoundaryOverfull(field=PLAYBOOK_TABLE.field(path).named, limit=MAX_ITEMS, where=enumerated(list(named)))

    def as_json(self) -> dict[str, Json]:
        """Ids and facts; the texts belong to the playbook, which is named by its digest.

        What a playbook does not have at all is left out, so that an older playbook gives the digest it always gave.
        """
        made: dict[str, Json] = {
            "format": FORMAT,
            "engine": self.engine,
            "playbook": self.playbook,
            "tier": self.tier.value,
            "certain": self.certain.value,
            "lane": self.path.lane.value,
            "fired": [{"rule": item.rule.id, "facts": facts.as_json(item.facts)} for item in self.fired],
            "might_be": [
                {"rule": item.rule.id, "unknown": list(item.unknown), "missing": list(item.missing)}
                for item in self.might_be
            ],
            "threats": [
                {"threat": item.threat.id, "facts": facts.as_json(item.facts), "certain": item.certain}
                for item in self.threats
            ],
            "controls": [
                {
                    "control": item.control.id,
                    "threats": list(item.threats),
                    "facts": facts.as_json(item.facts),
                    "certain": item.certain,
                }
                for item in self.controls
            ],
            "duties": [
                {"duty": item.duty.id, "facts": facts.as_json(item.facts), "certain": item.certain}
                for item in self.duties
            ],
            "boundaries": self.boundaries.as_json(),
            "reasons": [reason.as_json() for reason in self.reasons],
            "open_points": list(self.open_points),
            "complete": self.complete,
        }
        if self.classified:
            made["classified"] = [item.as_json() for item in self.classified]
        if self.contradictions:
            made["contradictions"] = [item.as_json() for item in self.contradictions]
        if self.expected:
            made["expected"] = list(self.expected)
        if self.granted:
            made["granted"] = list(self.granted)
        return made

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON; offices sign it, so both saw the same assessment."""
        return canonical.digest(self.as_json())


def assess(playbook: Playbook, answers: Mapping[str, Answer]) -> Assessment:
    """Assess answers, complete or not. Answers that are not asked for or do not fit count as not given."""
    return assess_known(playbook, asked(playbook, answers))


def assess_known(playbook: Playbook, known: Asked) -> Assessment:
    """As ``assess``, for a guide that knows already what is asked."""
    fired, might_be = _judged(playbook, known)
    certain = max([Tier.MINIMAL, *(item.rule.tier for item in fired)], key=_rank)
    doubts = [item.rule.tier for item in might_be if item.unknown]
    # A doubt is never a silent no, and never a stop either: it takes the strictest path on which people still decide.
    tier = max([certain, *(min(doubt, Tier.HIGH, key=_rank) for doubt in doubts)], key=_rank)
    threats = tuple(
        Matched(threat, facts_of(playbook, known, found), found.holds)
        for threat in playbook.threats
        if (found := known.findings.of(threat.when)).asks
    )
    controls = _called(playbook, known, threats, tier)
    duties = tuple(
        Owed(duty, facts_of(playbook, known, found), found.holds)
        for duty in playbook.duties
        if (found := known.findings.of(duty.when, tier)).asks
    )
    proposed, reasons = propose(known, (item.control for item in controls))
    return Assessment(
        engine=ENGINE,
        playbook=playbook.digest,
        tier=tier,
        certain=certain,
        path=playbook.path(tier),
        fired=fired,
        might_be=might_be,
        threats=threats,
        controls=controls,
        duties=duties,
        boundaries=proposed,
        reasons=reasons,
        open_points=tuple(question.id for question in known.shown if _unknown(known, question.id)),
        complete=all(
            isinstance(known.facts[question.id], Answer) or not known.required(question) for question in known.shown
        ),
        classified=classified(playbook, known),
        contradictions=contradicted(playbook, known),
        expected=tuple(question.id for question in known.shown if known.expected(question)),
    )


def _judged(playbook: Playbook, known: Asked) -> tuple[tuple[Fired, ...], tuple[MightBe, ...]]:
    """The rules that hold, and those above them that nobody can judge yet: below, a doubt would raise nothing."""
    fired: list[Fired] = []
    might_be: list[MightBe] = []
    for rule in playbook.strictest_first:
        found = known.findings.of(rule.when)
        if found.holds:
            fired.append(Fired(rule, facts_of(playbook, known, found)))
        elif found.unknown or found.missing:
            might_be.append(MightBe(rule, found.unknown, found.missing))
    certain = fired[0].rule.tier if fired else Tier.MINIMAL
    return tuple(fired), tuple(item for item in might_be if item.rule.tier.rank > certain.rank)


def _called(playbook: Playbook, known: Asked, threats: Iterable[Matched], tier: Tier) -> tuple[Called, ...]:
    matched = {item.threat.id: item for item in threats}
    called: list[Called] = []
    for control in playbook.controls:
        because = tuple(name for name in control.mitigates if name in matched)
        if control.mitigates and not because:
            continue
        found = known.findings.of(control.when, tier)
        if found.asks:
            certain = found.holds and (not because or any(matched[name].certain for name in because))
            called.append(Called(control, because, facts_of(playbook, known, found), certain))
    return tuple(called)


def _unknown(known: Asked, name: str) -> bool:
    answer = known.facts[name]
    return isinstance(answer, Answer) and answer.unknown


def _rank(tier: Tier) -> int:
    return tier.rank
