"""Evidence: the files of the revision with what each is for, and what was expected and is not there."""

from __future__ import annotations

from intake.domain.playbook.questions import QuestionKind
from intake.domain.terms.terms import Terms
from intake.records.case_file import CaseFile
from intake.records.content import Block, Paragraph, RecordSection
from intake.records.editions.e1 import columns

WITHOUT_QUESTION = "Named by no question"


def section(case_file: CaseFile, terms: Terms | None) -> RecordSection:
    """``terms`` are those that are approved; they may do without evidence that is expected."""
    blocks: list[Block] = []
    attachments = case_file.revision.body.attachments
    if attachments:
        wanted = _wanted(case_file)
        rows = [
            (item.name, wanted.get(item.sha256, WITHOUT_QUESTION), f"{item.sha256} ({item.size} bytes)")
            for item in attachments
        ]
        blocks += columns.table(("File", "What it is for", "SHA-256 and size"), rows, (4, 4, 6))
    else:
        blocks.append(Paragraph("No files were attached."))
    waived = {item.question for item in terms.waivers} if terms else set()
    for said, found in (("waived by both", True), ("not attached yet", False)):
        lacking = [name for name in case_file.assessment.expected if (name in waived) is found]
        if lacking:
            labels = "; ".join(case_file.playbook.question(name).label for name in lacking)
            blocks.append(Paragraph(f"Expected, and {said}: {labels}."))
    return RecordSection("Evidence", tuple(blocks))


def _wanted(case_file: CaseFile) -> dict[str, str]:
    """What each file is for, by its SHA-256: the questions that it was given to."""
    found: dict[str, list[str]] = {}
    for question in case_file.playbook.questions:
        if question.kind is QuestionKind.FILES and question.id in case_file.answers:
            for file in case_file.answers[question.id].files:
                found.setdefault(file.sha256, []).append(question.label)
    return {name: "; ".join(dict.fromkeys(labels)) for name, labels in found.items()}
