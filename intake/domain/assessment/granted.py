"""What a playbook makes of a revision on given terms: granted is what was judged (rule R10).

Each field of the boundaries narrows one question (``Question.boundary``). Where the terms allow something else than the
answers ask for, what they allow counts instead of the answer, tighter or wider: the use case will run inside the terms and
not inside the answers. A text that terms leave empty names nothing, so the answer stands. The stage granted counts as the
stage; which questions are put off follows from the stage that was asked for, for the others were answered.

Terms may name entries of a closed list that the playbook has no option for. Nobody can tell what they mean to its rules, so
the list is judged by its known entries and as not known, and the stricter of both counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.proposal import propose
from intake.domain.guide.asked import Asked, asked_as_granted
from intake.domain.playbook.answers import DONT_KNOW, Answer
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
from intake.domain.playbook.rules import Absent
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.boundaries import Boundaries, Form, Value
from intake.domain.terms.field_tables import PLAYBOOK_TABLE
from intake.domain.terms.terms import Terms


@dataclass(frozen=True, slots=True)
class Granted:
    """A revision judged twice: ``asked`` on its answers alone, ``on_terms`` on what the terms allow, which is what is signed.

    ``wanted`` are the boundaries the answers ask for, before a control draws them in. ``by_path`` maps each field that terms
    move away from them to the question it narrows.
    """

    wanted: Boundaries
    by_path: Mapping[str, str]
    asked: Assessment
    on_terms: Assessment


def on_terms(
    playbook: Playbook,
    answers: Mapping[str, Answer],
    known: Asked,
    given: Terms,
    judge: Callable[[Playbook, Asked], Assessment],
) -> Granted:
    """Judge filed answers, and what is ``known`` from them, on given terms; ``judge`` is what an engine judges with.

    Equal terms on equal answers give equal assessments, digest included.
    """
    wanted, _ = propose(known, ())
    moved = tuple(_moved(playbook, known, given.boundaries))
    stage = playbook.role(QuestionRole.STAGE)
    step = Answer(given.stage.value)
    facts = {} if known.facts[stage] == step else {stage: step}
    asked_for = judge(playbook, known)
    granted = asked_for
    if facts or moved:
        sure = facts | {item.question.id: item.sure for item in moved}
        granted = _judged(playbook, answers, known, sure, judge)
        if any(item.doubted for item in moved):
            # Whatever is stricter: what is known of the entries, or that nobody can tell what the others mean.
            doubt = sure | {item.question.id: DONT_KNOW for item in moved if item.doubted}
            granted = max(_judged(playbook, answers, known, doubt, judge), granted, key=lambda one: one.tier.rank)
    return Granted(wanted, {item.path: item.question.id for item in moved}, asked_for, granted)


def _judged(
    playbook: Playbook,
    answers: Mapping[str, Answer],
    known: Asked,
    facts: Mapping[str, Answer],
    judge: Callable[[Playbook, Asked], Assessment],
) -> Assessment:
    made = judge(playbook, asked_as_granted(playbook, answers, known, facts))
    return replace(made, granted=tuple(sorted(facts)))


@dataclass(frozen=True, slots=True)
class _Moved:
    """A field by which terms allow something else than its question was answered with: ``sure`` is what that says for sure, and
    ``doubted`` that there is more which the playbook has no option for.
    """

    path: str
    question: Question
    sure: Answer
    doubted: bool = False


def _moved(playbook: Playbook, known: Asked, given: Boundaries) -> Iterator[_Moved]:
    """Compared with the answer of the very question that a field narrows, and not with what is proposed: an answer to another
    question may ask for the field too (``Option.sets``), and no rule knows of that.
    """
    for question in playbook.questions:
        path = question.boundary
        if not path or path not in given.table:
            continue
        value, fact = given[path], known.facts[question.id]
        unsaid = not isinstance(fact, Answer) or fact.unknown
        if unsaid and value == PLAYBOOK_TABLE.field(path).tightest:
            continue  # nothing is asked for and nothing is granted
        found = _as_answer(question, value)
        if found is not None and (found.doubted or not _same(found.sure, fact)):
            yield replace(found, path=path)


def _same(granted: Answer, fact: Answer | Absent) -> bool:
    """Whether an answer says what is granted; a list says the same in any order."""
    if isinstance(fact, Answer) and isinstance(granted.value, tuple) and isinstance(fact.value, tuple):
        return set(granted.value) == set(fact.value)
    return granted == fact


def _as_answer(question: Question, value: Value) -> _Moved | None:
    """What is answered by a value of a boundary; None where the field is left open, and the answer stands."""
    if isinstance(value, frozenset):
        if question.kind is not QuestionKind.CHOICES:
            return _Moved("", question, Answer(tuple(sorted(value))))
        known = tuple(option.id for option in question.options if option.label in value)
        labels = {option.label for option in question.options}
        return _Moved("", question, Answer(known) if known or value <= labels else DONT_KNOW, not value <= labels)
    if isinstance(value, str) and PLAYBOOK_TABLE.field(question.boundary).form is Form.TEXT:
        return _Moved("", question, Answer(value)) if value else None
    return _Moved("", question, Answer(value))
