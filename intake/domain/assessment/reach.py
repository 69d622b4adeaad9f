"""What of a playbook can be reached: for every item answers that bring it about, and the items for which there are none.

An item is a question that can be asked, an option that can be chosen, and whatever can hold: a route, rule, threat,
control, duty, contradiction, or level of a classification. ``search`` looks for the answers; the guide and the
assessment themselves then have to agree. An item is named as the refusals of ``checks`` name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from intake.domain.assessment.assessment import Assessment, assess
from intake.domain.guide.guide import Guide
from intake.domain.playbook import rules
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.playbook.judged import Classification, Level, TierRule
from intake.domain.playbook.questions import Option, Question, Route
from intake.domain.playbook.reading.places import At
from intake.domain.playbook.rules import AnyOf, Condition
from intake.domain.playbook.search import Goal, Search, Want, Way
from intake.domain.playbook.whole import Playbook

MAX_TRIES = 20
"""Answers found by the search that the engine may turn down before an item counts as out of reach."""


def unreachable(playbook: Playbook) -> tuple[At, ...]:
    """The items no answers bring about, in the order of the playbook; empty for a playbook without dead items."""
    found = witnesses(playbook)
    return tuple(name for name in items(playbook) if name not in found)


def witnesses(playbook: Playbook) -> Mapping[At, Answers]:
    """For each item that can be reached, answers somebody could give that bring it about."""
    search = Search(playbook)
    found: dict[At, Answers] = {}
    for name, way in _ways(playbook, search):
        for tried in islice(search.solutions(way), MAX_TRIES) if name not in found else ():
            answers, seen = reached(playbook, tried)
            if name in seen:
                found |= {one: answers for one in seen if one not in found}
                break
    for question in playbook.questions:
        if shown := found.get(_named(question)):
            # What a question is answered never decides whether it is asked itself, so each option can be chosen there.
            chosen = {name: search.choosing(question, option) for option, name in _options(question)}
            found |= {name: shown.given(question.id, one) for name, one in chosen.items() if one and name not in found}
    return {name: found[name] for name in items(playbook) if name in found}


def overshadowed(playbook: Playbook) -> tuple[str, ...]:
    """The ids of rules that never decide: whenever one holds, a rule of a higher tier holds as well or is in doubt."""
    search = Search(playbook)
    return tuple(rule.id for rule in playbook.rules if not _decides(playbook, search, rule))


def items(playbook: Playbook) -> tuple[At, ...]:
    """Every item, each question with its options."""
    options = {_named(question): [name for _, name in _options(question)] for question in playbook.questions}
    return tuple(one for name, _ in _ways(playbook, Search(playbook)) for one in (name, *options.get(name, ())))


def reached(playbook: Playbook, answers: Answers) -> tuple[Answers, frozenset[At]]:
    """The answers as far as the guide lets anybody give them, and the items they bring about."""
    guide = Guide(playbook, answers)
    if (route := guide.route) is None or route.stops:
        names = {question.id for question in playbook.screening.questions}
        answers = Answers({name: answer for name, answer in answers.items() if name in names})
        guide = Guide(playbook, answers)
    assessment = assess(playbook, answers)
    pages = guide.pages
    asked = [question for page in pages for question in page.questions]
    return answers, frozenset((*_seen(guide, asked), *_held(assessment)))


def _seen(guide: Guide, asked: Iterable[Question]) -> Iterator[At]:
    if guide.route:
        yield At("route", guide.route.id)
    for question in asked:
        answer = guide.known.facts[question.id]
        if rules.evaluate(question.shown_if, guide.known.facts).holds:
            yield _named(question)
            # What is asked because of a doubt alone counts as not asked, and its options with it.
            if isinstance(answer, Answer) and question.options and answer.value is not None:
                chosen = answer.value if isinstance(answer.value, tuple) else (answer.value,)
                yield from (name for option, name in _options(question) if option.id in chosen)
        for key, condition in _conditions(question):
            if rules.evaluate(condition, guide.known.facts).holds:
                yield At("question", question.id, key)


def _held(assessment: Assessment) -> Iterator[At]:
    yield from (At("rule", item.rule.id) for item in assessment.fired)
    yield from (At("threat", item.threat.id) for item in assessment.threats if item.certain)
    yield from (At("control", item.control.id) for item in assessment.controls if item.certain)
    yield from (At("duty", item.duty.id) for item in assessment.duties if item.certain)
    yield from (At("contradiction", item.contradiction.id) for item in assessment.contradictions)
    yield from (_level(item.classification, item.level) for item in assessment.classified if item.certain)


def _ways(playbook: Playbook, search: Search) -> Iterator[tuple[At, Way]]:
    """Every item but the options, with what has to hold for it."""
    for question in playbook.questions:
        # One that is asked only because of a doubt about something that cannot be is as good as never asked.
        yield _named(question), (*search.asked(question), Goal(question.shown_if))
        for key, condition in _conditions(question):
            yield At("question", question.id, key), (*search.asked(question), Goal(condition))
    for index, route in enumerate(playbook.routes):
        yield At("route", route.id), (Goal(route.when), *_none(playbook.routes[:index], Want.NOT_YES))
    yield from ((At("rule", rule.id), (Goal(rule.when),)) for rule in playbook.rules)
    yield from ((At("threat", threat.id), (Goal(threat.when),)) for threat in playbook.threats)
    threats = {threat.id: threat.when for threat in playbook.threats}
    for control in playbook.controls:
        because = AnyOf(tuple(threats[name] for name in control.mitigates)) if control.mitigates else None
        yield At("control", control.id), (Goal(because), Goal(control.when))
    yield from ((At("duty", duty.id), (Goal(duty.when),)) for duty in playbook.duties)
    yield from ((At("contradiction", item.id), (Goal(item.when),)) for item in playbook.contradictions)
    for item in playbook.classifications:
        for index, level in enumerate(item.levels):
            yield _level(item, level), (Goal(level.when), *_none(item.levels[:index], Want.NO))


def _none(before: Iterable[Route | Level | TierRule], want: Want) -> Way:
    """None of what would come first is taken."""
    return tuple(Goal(item.when, want) for item in before)


def _decides(playbook: Playbook, search: Search, rule: TierRule) -> bool:
    higher = [other for other in playbook.rules if other.tier.rank > rule.tier.rank]
    for tried in islice(search.solutions((Goal(rule.when), *_none(higher, Want.NO))), MAX_TRIES):
        answers, seen = reached(playbook, tried)
        if At("rule", rule.id) in seen and assess(playbook, answers).tier is rule.tier:
            return True
    return False


def _conditions(question: Question) -> tuple[tuple[str, Condition], ...]:
    found = (("required_if", question.required_if), ("expected_if", question.expected_if))
    return tuple((key, condition) for key, condition in found if condition is not None)


def _named(question: Question) -> At:
    return At("question", question.id)


def _options(question: Question) -> tuple[tuple[Option, At], ...]:
    return tuple((option, At("option", option.id, of=_named(question))) for option in question.options)


def _level(classification: Classification, level: Level) -> At:
    return At("level", level.id, of=At("classification", classification.id))
