"""Complete answers to any playbook, for tests that need something to file."""

from __future__ import annotations

from intake.domain.acts.envelope import Attachment
from intake.domain.base.canonical import sha256
from intake.domain.guide.guide import Guide
from intake.domain.playbook.answers import Answer, Value
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
from intake.domain.playbook.whole import Playbook

EVIDENCE = b"What the test of the pilot showed."
"""The bytes of the file that is given wherever one must be."""

_TEXT = "Write the minutes of internal meetings from notes, so that teams spend less time on them."


def filled(playbook: Playbook, given: dict[str, Value] | None = None) -> Guide:
    """A guide that can be filed: ``given`` where named, the mildest answer that fits everywhere else."""
    given = {playbook.role(QuestionRole.STAGE): "pilot"} | (given or {})
    guide = Guide(playbook)
    for _ in range(len(playbook.questions)):
        waiting = [problem.question for problem in guide.problems]
        if not waiting:
            return guide
        # All that wait at once: an answer can open further questions, and takes back none that it opened.
        answers = guide.answers
        for name in waiting:
            answers = answers.given(name, Answer(given[name] if name in given else mild(playbook.question(name))))
        guide = Guide(playbook, answers)
    raise AssertionError([problem.text for problem in guide.problems])


def mild(question: Question) -> Value:
    """The mildest answer that fits."""
    alone = [option.id for option in question.options if getattr(option, "alone", False)]
    match question.kind:
        case QuestionKind.CHOICE:
            return question.options[0].id
        case QuestionKind.CHOICES:
            return (alone[0] if alone else question.options[0].id,)
        case QuestionKind.YES_NO:
            return False
        case QuestionKind.NUMBER:
            return max(question.least, 20)
        case QuestionKind.FILES:
            return (Attachment(sha256(EVIDENCE), len(EVIDENCE), "text/plain", "evidence.txt"),)
        case QuestionKind.MONEY:
            return "EUR 20000"
        case QuestionKind.DATE:
            return "2027-01-31"
        case QuestionKind.TEXTS:
            return (f"{question.label} one"[: question.item_most],)
        case QuestionKind.LONG_TEXT:
            return f"{question.label}: {_TEXT}"
    return f"{question.label} of finance"[: question.most or 200]
