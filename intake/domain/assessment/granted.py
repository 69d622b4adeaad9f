"""What a playbook makes of a revision on given terms: granted is what was judged (rule R10).

Each field of the boundaries narrows one question (``Question.boundary``). Where the terms allow something else than the
answers ask for, what they allow counts instead of the answer, tighter or wider: the use case will run inside the terms and
not inside the answers. A text that terms leave empty names nothing, so the answer stands. The stage granted counts as the
stage; which questions are put off follows from the stage that was asked for, for the others were answered.

Terms may name entries of a closed list that the playbook has no option for. Nobody can tell what they mean to its rules,
so the answer counts as not known, which raises the tier as far as a doubt does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.proposal import propose
from intake.domain.guide.asked import Asked, asked_as_granted
from intake.domain.playbook.answers import DONT_KNOW, Answer
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
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
    moved = _moved(playbook, known, wanted, given.boundaries)
    facts = {question.id: answer for _, question, answer in moved}
    stage = playbook.role(QuestionRole.STAGE)
    if known.facts[stage] != Answer(given.stage.value):
        facts[stage] = Answer(given.stage.value)
    asked_for = judge(playbook, known)
    granted = asked_for
    if facts:
        granted = judge(playbook, asked_as_granted(playbook, answers, known, facts))
        granted = replace(granted, granted=tuple(sorted(facts)))
    return Granted(wanted, {path: question.id for path, question, _ in moved}, asked_for, granted)


def _moved(
    playbook: Playbook, known: Asked, wanted: Boundaries, given: Boundaries
) -> list[tuple[str, Question, Answer]]:
    """The fields where terms allow something else than was asked for, with the question and what it is answered with then."""
    found = []
    for question in playbook.questions:
        path = question.boundary
        if not path or path not in given.table or given[path] == wanted[path]:
            continue
        answer = _as_answer(question, given[path])
        if answer is not None and answer != known.facts[question.id]:
            found.append((path, question, answer))
    return found


def _as_answer(question: Question, value: Value) -> Answer | None:
    """What is answered by a value of a boundary; None where the field is left open, and the answer stands."""
    if isinstance(value, frozenset):
        if question.kind is not QuestionKind.CHOICES:
            return Answer(tuple(sorted(value)))
        options = {option.label: option.id for option in question.options}
        if not value <= options.keys():
            return DONT_KNOW
        return Answer(tuple(option.id for option in question.options if option.label in value))
    if isinstance(value, str) and PLAYBOOK_TABLE.field(question.boundary).form is Form.TEXT:
        return Answer(value) if value else None
    return Answer(value)
