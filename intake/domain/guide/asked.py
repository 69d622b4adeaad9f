"""Which questions are asked, given the answers so far, and what is known about each.

A question is shown when its condition holds, and also when it cannot be said because somebody answered “I don't know”:
a doubt never hides a question. One that only a later stage needs is not asked yet; judgements see it as missing, never as
a no. Answers to questions that are not shown are no facts; drafts keep them, nothing else does.

Terms grant something else than was asked for: then what is granted is the fact (``asked_as_granted``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from intake.domain.playbook import rules
from intake.domain.playbook.answer_checks import fits
from intake.domain.playbook.answers import DONT_KNOW, Answer
from intake.domain.playbook.findings import Findings
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
from intake.domain.playbook.rules import Absent, Condition, Facts, Truth
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import GRANTABLE, Stage

_NOTHING: Mapping[str, Answer] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Asked:
    """``facts`` has every question of the playbook; ``shown`` are those asked now, in the order of the guide.

    ``later`` are those a later stage will ask, or may ask once more is known. ``findings`` are what conditions give for
    these facts.
    """

    facts: Facts
    shown: tuple[Question, ...]
    later: tuple[Question, ...]
    findings: Findings = field(compare=False, repr=False)

    def required(self, question: Question) -> bool:
        """Whether a shown question must be answered (“I don't know” is an answer)."""
        if question.required_if is None:
            return question.required
        return self.findings.of(question.required_if).asks

    def sure(self, question: Question) -> bool:
        """Whether what is known so far, or a doubt about it, already calls for the question."""
        return self.findings.of(question.shown_if).asks

    def expected(self, question: Question) -> bool:
        """Whether a shown question for files has none although somebody will look for them."""
        if question.kind is not QuestionKind.FILES or question.expected_if is None:
            return False
        return self.findings.of(question.expected_if).asks and not isinstance(self.facts[question.id], Answer)


def asked(playbook: Playbook, answers: Mapping[str, Answer], before: Asked | None = None) -> Asked:
    """What is asked and known. Answers that do not fit their question count as not given yet.

    ``before`` is the same for other answers: what it found and has not changed is not worked out again.
    """
    found = _settled(playbook, answers, playbook.settling, before.facts if before else {})
    return _as_asked(playbook, found, before)


def asked_as_granted(
    playbook: Playbook, answers: Mapping[str, Answer], as_filed: Asked, granted: Mapping[str, Answer]
) -> Asked:
    """As ``asked``, where for the questions in ``granted`` that counts instead of what was answered, asked or not.

    ``as_filed`` is what is known of the answers alone. Nobody has answered what is asked only because of the grant: that
    counts as not known, and not as missing, for nothing that a grant opens may pass as a no. What was put off is not asked yet.
    """
    facts, shown, later = _settled(playbook, answers, playbook.settling, as_filed.facts, granted)
    before = {question.id for question in as_filed.shown}
    silent = (name for name in shown - before if not isinstance(facts[name], Answer))
    opened = {name for name in silent if playbook.question(name).kind is not QuestionKind.FILES}
    if opened:
        # Asked once more, since what is not known may open further questions; each of these was not asked before either.
        more = {**granted, **dict.fromkeys(opened, DONT_KNOW)}
        return asked_as_granted(playbook, answers, as_filed, more)
    return _as_asked(playbook, (facts, shown, later), as_filed)


def _as_asked(
    playbook: Playbook, found: tuple[dict[str, Answer | Absent], set[str], set[str]], before: Asked | None
) -> Asked:
    facts, shown, later = found
    return Asked(
        facts,
        tuple(question for question in playbook.questions if question.id in shown),
        tuple(question for question in playbook.questions if question.id in later),
        Findings(facts, before.findings if before else None),
    )


def facts_about(playbook: Playbook, answers: Mapping[str, Answer], questions: Iterable[Question]) -> Facts:
    """As ``asked``, the facts alone and only about ``questions``, some of ``playbook.settling`` in its order.

    With each question those must be there that decide whether it is shown; else it raises KeyError.
    """
    return _settled(playbook, answers, questions, {})[0]


def _settled(
    playbook: Playbook,
    answers: Mapping[str, Answer],
    questions: Iterable[Question],
    before: Facts,
    granted: Mapping[str, Answer] = _NOTHING,
) -> tuple[dict[str, Answer | Absent], set[str], set[str]]:
    """The facts, and the ids of the questions shown and of those a later stage asks; ``before`` are earlier facts.

    ``granted`` are facts whatever is asked; the stage that puts questions off is the one asked for.
    """
    put_off = GRANTABLE[GRANTABLE.index(_stage(playbook, answers)) + 1 :]
    facts: dict[str, Answer | Absent] = {}
    shown: set[str] = set()
    later: set[str] = set()
    gates = playbook.gates
    opened: dict[int, tuple[Truth, bool]] = {}
    yes, no, missing, not_asked = Truth.YES, Truth.NO, Absent.MISSING, Absent.NOT_ASKED
    for question in questions:
        name = question.id
        # All that a condition asks about is settled before the first question it shows, so one look is enough.
        gate = gates[name]
        if gate not in opened:
            opened[gate] = _opened(question.shown_if, facts)
        found, asks = opened[gate]
        if name in granted:
            facts[name] = granted[name]
            if question.needed in put_off:
                later.add(name)
            elif asks:
                shown.add(name)
        elif found is no:
            facts[name] = not_asked
        elif question.needed in put_off:
            later.add(name)
            facts[name] = missing
        elif not asks:
            facts[name] = missing
        else:
            shown.add(name)
            given = answers.get(name)
            # The very answer that was a fact before fits its question still.
            fact = given if given is None or before.get(name) is given else _usable(question, given)
            facts[name] = fact or (missing if found is yes else Absent.UNCLEAR)
    return facts, shown, later


def _opened(condition: Condition | None, facts: Facts) -> tuple[Truth, bool]:
    """Whether a condition holds, and whether what waits for it is asked: a doubt asks too."""
    found = rules.verdict(condition, facts)
    doubted = found is Truth.UNKNOWN and rules.grounded(condition, found, facts).doubted
    return found, doubted or found is Truth.YES


def _stage(playbook: Playbook, answers: Mapping[str, Answer]) -> Stage:
    """The stage asked for; until that is said, nothing is put off."""
    answer = answers.get(playbook.role(QuestionRole.STAGE))
    given = answer.value if answer else None
    return Stage(given) if isinstance(given, str) and given in GRANTABLE else GRANTABLE[-1]


def _usable(question: Question, answer: Answer) -> Answer | None:
    if answer.value is None:
        return answer if question.may_be_unknown else None
    return answer if fits(question, answer.value) else None
