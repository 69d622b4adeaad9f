"""Assessing a file of answers, without a register: what the playbook makes of them, and why."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CommandContext
from intake.commands.filing import NoSuchQuestion, typed_answers
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.playbook import playbook_in

if TYPE_CHECKING:
    from intake.domain.assessment.assessment import Assessment, Fired, Owed
    from intake.domain.assessment.lowering import Lowering
    from intake.domain.guide.facts import Fact
    from intake.domain.playbook.answers import Answers
    from intake.domain.playbook.questions import Source
    from intake.domain.playbook.whole import Playbook


def assess(
    given: CommandContext,
    answers: Annotated[Path, Argument("JSON: question id to answer, as for draft.")],
    playbook: Annotated[Path | None, Flag("Judge by the playbook or overlay in this folder.", value="DIR")] = None,
) -> Reply:
    """Assess answers: tier, the rules that fired and why, what would lower it, threats, controls and duties."""
    from intake.domain.assessment.assessment import assess as judged
    from intake.domain.assessment.lowering import lowering
    from intake.domain.playbook.answers import Answers

    typed = Answers(typed_answers(answers))
    made_by = playbook_in(given, playbook)
    known = {question.id for question in made_by.questions}
    if strange := sorted(typed.keys() - known):
        raise NoSuchQuestion(question=strange[0])
    made = judged(made_by, typed)
    lower = lowering(made_by, typed)
    return Reply(tuple(_lines(made_by, made, lower)), _document(made_by, typed, made, lower))


def _lines(playbook: Playbook, made: Assessment, lower: tuple[Lowering, ...]) -> Iterable[str]:
    from intake.domain.terms.terms import shown

    yield f"{made.path.label}: {made.path.lane_label}"
    yield f"  {made.path.sentence}"
    if not made.complete:
        yield "  Not everything is answered yet."
    yield from _part("Rules that fired", (_rule(playbook, item) for item in made.fired))
    doubted = [item for item in made.might_be if item.unknown]
    waiting = len(made.might_be) - len(doubted)
    yield from _part(
        "Might raise it", (f"{item.rule.sentence} Open: {_labels(playbook, item.unknown)}" for item in doubted)
    )
    if waiting:
        yield f"  Rules that wait for answers: {waiting}"
    yield from _part("Would lower it", map(_lowered, lower))
    yield from _part(
        "Classifications",
        (f"{item.classification.title}: {item.level.label}{_doubt(item.certain)}" for item in made.classified),
    )
    yield from _part("Does not fit together", (item.contradiction.sentence for item in made.contradictions))
    yield from _part("Threats", (f"{item.threat.title}{_doubt(item.certain)}" for item in made.threats))
    yield from _part(
        "Controls",
        (
            f"{item.control.title} ({item.control.stage.value}, {item.control.owner}){_doubt(item.certain)}"
            for item in made.controls
        ),
    )
    yield from _part("Duties", (_duty(playbook, item) for item in made.duties))
    yield from _part("Open points", (playbook.question(name).label for name in made.open_points))
    yield from _part("Evidence expected", (playbook.question(name).label for name in made.expected))
    moved = {reason.path for reason in made.reasons}
    yield from _part(
        "Boundaries proposed",
        (f"{item.label}: {shown(item, value)}" for item, value in made.boundaries.items if item.path in moved),
    )


def _part(title: str, lines: Iterable[str]) -> Iterable[str]:
    found = tuple(lines)
    if found:
        yield ""
        yield title
        yield from (f"  {line}" for line in found)


def _rule(playbook: Playbook, item: Fired) -> str:
    rule = item.rule
    said = (f"{playbook.question(fact.question).label}: {fact.said}".replace("\n", ", ") for fact in item.facts)
    return _below(
        rule.sentence,
        "; ".join(said),
        *map(playbook.cited, rule.sources),
        f"Applies from {rule.applies_from}" if rule.applies_from else "",
        f"What would lower it: {rule.lowered_by}" if rule.lowered_by else "",
    )


def _duty(playbook: Playbook, item: Owed) -> str:
    duty = item.duty
    since = f"; applies from {duty.applies_from}" if duty.applies_from else ""
    said = f"{duty.text} ({duty.who}; {duty.due}{since}){_doubt(item.certain)}"
    return _below(said, *map(playbook.cited, duty.sources))


def _below(*parts: str) -> str:
    """The first line with what belongs to it set in below."""
    return "\n      ".join(part for part in parts if part)


def _lowered(item: Lowering) -> str:
    changes = " and ".join(f"{one.label}: {' or '.join(one.after)} (now {one.before})" for one in item.changes)
    return f"{item.tier.value}, if {changes}".replace("\n", ", ")


def _labels(playbook: Playbook, names: Iterable[str]) -> str:
    return ", ".join(playbook.question(name).label for name in names)


def _doubt(certain: bool) -> str:
    return "" if certain else " (cannot be ruled out)"


def _document(playbook: Playbook, typed: Answers, made: Assessment, lower: tuple[Lowering, ...]) -> dict[str, Any]:
    from intake.domain.guide.guide import Guide

    guide = Guide(playbook, typed)
    return {
        "playbook": {
            "digest": playbook.digest,
            "id": playbook.id,
            "version": playbook.version,
            "title": playbook.title,
        },
        "engine": made.engine,
        "assessment": made.digest,
        "tier": made.tier.value,
        "certain": made.certain.value,
        "ceiling": made.ceiling.value,
        "lane": made.path.lane.value,
        "days": made.path.days,
        "complete": made.complete,
        "fired": [
            {
                "rule": item.rule.id,
                "tier": item.rule.tier.value,
                "sentence": item.rule.sentence,
                "lowered_by": item.rule.lowered_by,
                "applies_from": item.rule.applies_from,
                "facts": _facts(item.facts),
                "sources": _sources(playbook, item.rule.sources),
            }
            for item in made.fired
        ],
        "might_be": [
            {
                "rule": item.rule.id,
                "tier": item.rule.tier.value,
                "sentence": item.rule.sentence,
                "unknown": list(item.unknown),
                "missing": list(item.missing),
            }
            for item in made.might_be
        ],
        "lowering": [
            {
                "tier": item.tier.value,
                "changes": [
                    {"question": one.question, "label": one.label, "before": one.before, "after": list(one.after)}
                    for one in item.changes
                ],
            }
            for item in lower
        ],
        "classified": [
            {
                "classification": item.classification.id,
                "title": item.classification.title,
                "level": item.level.id,
                "label": item.level.label,
                "sentence": item.level.sentence,
                "certain": item.certain,
                "facts": _facts(item.facts),
                "sources": _sources(playbook, item.level.sources or item.classification.sources),
            }
            for item in made.classified
        ],
        "contradictions": [
            {
                "contradiction": item.contradiction.id,
                "sentence": item.contradiction.sentence,
                "why": item.contradiction.why,
                "facts": _facts(item.facts),
            }
            for item in made.contradictions
        ],
        "threats": [
            {
                "threat": item.threat.id,
                "title": item.threat.title,
                "why": item.threat.why,
                "certain": item.certain,
                "facts": _facts(item.facts),
                "sources": _sources(playbook, item.threat.sources),
            }
            for item in made.threats
        ],
        "controls": [
            {
                "control": item.control.id,
                "title": item.control.title,
                "text": item.control.text,
                "owner": item.control.owner,
                "stage": item.control.stage.value,
                "evidence": list(item.control.evidence),
                "threats": list(item.threats),
                "certain": item.certain,
                "facts": _facts(item.facts),
                "sources": _sources(playbook, item.control.sources),
            }
            for item in made.controls
        ],
        "duties": [
            {
                "duty": item.duty.id,
                "text": item.duty.text,
                "who": item.duty.who,
                "due": item.duty.due,
                "by": item.duty.by.value if item.duty.by else "",
                "applies_from": item.duty.applies_from,
                "certain": item.certain,
                "facts": _facts(item.facts),
                "sources": _sources(playbook, item.duty.sources),
            }
            for item in made.duties
        ],
        "open_points": list(made.open_points),
        "expected": list(made.expected),
        "later": [
            {"stage": stage.value, "questions": [question.id for question in questions]}
            for stage, questions in guide.later
        ],
        "hidden": [question.id for question in guide.hidden],
        "boundaries": made.boundaries.as_json(),
        "reasons": [reason.as_json() for reason in made.reasons],
    }


def _facts(facts: Iterable[Fact]) -> list[dict[str, str]]:
    return [{"question": fact.question, "said": fact.said} for fact in facts]


def _sources(playbook: Playbook, sources: Iterable[Source]) -> list[dict[str, str]]:
    return [{"framework": source.framework, "ref": source.ref, "cited": playbook.cited(source)} for source in sources]
