"""What else was answered: all that no earlier page says already, and no file, for those are evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from intake.domain.guide.asked import asked
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
from intake.records.case_file import CaseFile
from intake.records.content import Block, Heading, KeyValues, Paragraph, RecordSection
from intake.records.editions.e1.labels import NONE, NOT_KNOWN, answered
from intake.records.editions.e1.weighing import VALUE

SHORT = ("Yes", "No", NONE, NOT_KNOWN)
"""Answers that many questions share: said once, beside the questions that have it."""
FEW = 2
"""So many questions of a section may repeat one of them."""


def sections(case_file: CaseFile) -> tuple[RecordSection, ...]:
    given, said_above = case_file.answers, _said_above(case_file)
    asked_now = {question.id for question in asked(case_file.playbook, given).shown} - said_above
    parts: dict[str, list[tuple[str, str]]] = {}
    for section in case_file.playbook.all_sections:
        rows = [
            (question.label, _in_short(question, given[question.id]))
            for question in section.questions
            if question.id in given and question.id in asked_now and not given[question.id].files
        ]
        if rows:
            parts.setdefault(section.title, []).extend(rows)
    if not parts:
        return ()
    blocks: list[Block] = []
    if case_file.granted:
        blocks.append(Paragraph("What was answered and agreed alike stands under the boundaries."))
    for title, said in parts.items():
        blocks += [Heading(title), KeyValues(_once(said), many=True)]
    return (RecordSection("What else was answered", tuple(blocks)),)


def _in_short(question: Question, answer: Answer) -> str:
    """An answer; several options of a closed list in one line, for nobody can write one that looks like two."""
    said = answered(question, answer)
    return " · ".join(said.splitlines()) if question.kind is QuestionKind.CHOICES else said


def _once(rows: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The rows, with those that share a short answer in one at the end: the answer, and what it was given to."""
    times = Counter(value for _, value in rows)
    often = [value for value in SHORT if times[value] > FEW]
    shared = ((value, "\n".join(label for label, said in rows if said == value)) for value in often)
    return (*((label, value) for label, value in rows if value not in often), *shared)


def _said_above(case_file: CaseFile) -> set[str]:
    """The questions whose answers stand on earlier pages: beside the risk, on the first page, and as a boundary that is agreed as it was
    answered.
    """
    playbook, granted = case_file.playbook, case_file.granted
    found = {playbook.role(role) for role in (*VALUE, QuestionRole.TITLE, QuestionRole.UNIT, QuestionRole.STAGE)}
    if granted is not None:
        found |= {
            item.id
            for item in playbook.questions
            if item.boundary
            and item.boundary not in granted.by_path
            and item.id in case_file.answers
            and not case_file.answers[item.id].unknown
        }
    return found
