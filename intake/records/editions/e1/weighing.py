"""Value beside risk: what it brings and whom it touches, next to the rules that drive its tier and their sources."""

from __future__ import annotations

from intake.domain.guide.asked import asked
from intake.domain.playbook.questions import QuestionRole
from intake.records.case_file import CaseFile
from intake.records.content import Block, Bullets, Heading, KeyValues, Paragraph, RecordSection
from intake.records.editions.e1 import columns
from intake.records.editions.e1.labels import answered, cited

VALUE = (
    QuestionRole.INTENDED_USE, QuestionRole.PROBLEM, QuestionRole.BENEFIT, QuestionRole.PEOPLE, QuestionRole.INFLUENCE,
)  # fmt: skip
"""What is told here of the answers, and not again further down."""


def section(case_file: CaseFile) -> RecordSection:
    """The two are weighed against each other, so they stand on one page."""
    playbook, given, assessed = case_file.playbook, case_file.answers, case_file.assessment
    asked_now = {question.id for question in asked(playbook, given).shown}
    names = dict.fromkeys(playbook.role(role) for role in VALUE)
    rows = tuple(
        (playbook.question(name).label, answered(playbook.question(name), given[name]))
        for name in names
        if name in given and name in asked_now
    )
    risk = Paragraph(f"{assessed.path.sentence} {assessed.path.why}")
    return RecordSection("Value beside risk", (*((KeyValues(rows),) if rows else ()), risk, *_driving(case_file)))


def _driving(case_file: CaseFile) -> list[Block]:
    assessed, playbook = case_file.assessment, case_file.playbook
    blocks: list[Block] = []
    if assessed.fired:
        rows = [
            (
                fired.rule.sentence,
                "; ".join(f"{playbook.question(fact.question).label}: {fact.said}" for fact in fired.facts),
                "; ".join(cited(playbook, source) for source in fired.rule.sources),
            )
            for fired in assessed.fired
        ]
        blocks.append(Heading("What drives the tier"))
        blocks += columns.table(("Rule", "Because of", "Source"), rows, (4, 5, 6))
    if assessed.might_be:
        blocks.append(Heading("What could raise the tier once it is known"))
        blocks.append(Bullets(tuple(item.rule.sentence for item in assessed.might_be)))
    return blocks
