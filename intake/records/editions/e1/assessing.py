"""What the playbook makes of it: classifications, threats, controls and duties with their state, and what is still open."""

from __future__ import annotations

from intake.domain.guide.classifying import Classified
from intake.domain.playbook.judged import ControlStage, Duty
from intake.domain.terms.terms import Terms
from intake.records.case_file import CaseFile
from intake.records.content import Block, Bullets, Heading, Paragraph, PrintedTable, RecordSection
from intake.records.editions.e1 import columns
from intake.records.editions.e1.committed import Committed


def section(case_file: CaseFile, terms: Terms | None) -> RecordSection:
    """``terms`` are those that are approved; then controls and duties say their state."""
    assessed, committed = case_file.assessment, Committed(case_file, terms) if terms else None
    blocks: list[Block] = []
    if case_file.granted and case_file.granted.by_path:
        blocks.append(Paragraph("It judges what is agreed, and not what was asked for."))
    if assessed.classified:
        rows = tuple(map(_classified, assessed.classified))
        blocks.append(Heading("What laws and standards call it"))
        blocks += columns.table(("Question", "Answer", "Meaning"), rows, (4, 3, 9))
    if assessed.threats:
        blocks.append(Heading("Threats"))
        doubtful = [item.threat.title for item in assessed.threats if not item.certain]
        if doubtful:
            blocks.append(Paragraph(f"Not certain, and not ruled out: {'; '.join(doubtful)}."))
        threats = tuple((item.threat.title, item.threat.why) for item in assessed.threats)
        blocks.append(PrintedTable(("Threat", "Why it matters"), threats, (3, 9)))
    blocks += [block for stage in ControlStage for block in _controls(case_file, stage, committed)]
    blocks += _duties(case_file, committed)
    open_points = _open_points(case_file)
    if open_points:
        blocks.append(Heading("Open points"))
        blocks.append(Bullets(open_points))
    if assessed.contradictions:
        blocks.append(Heading("Answers that do not fit together"))
        blocks.append(Bullets(tuple(item.contradiction.sentence for item in assessed.contradictions)))
    nothing = Paragraph("Nothing follows from it: no threat, control or duty of the playbook applies.")
    return RecordSection(f"Assessment: {assessed.path.label}", tuple(blocks) or (nothing,))


def _controls(case_file: CaseFile, stage: ControlStage, committed: Committed | None) -> list[Block]:
    rows = [
        (
            called.control.title,
            called.control.text or called.control.why,
            called.control.owner,
            *((committed.of_item("control", called.control.id),) if committed else ()),
        )
        for called in case_file.assessment.controls
        if called.control.stage is stage
    ]
    heading = Heading(f"Controls {stage.value}")
    return [heading, *with_state(("Control", "What is done", "Owner"), rows, (8, 20, 6))] if rows else []


def _duties(case_file: CaseFile, committed: Committed | None) -> list[Block]:
    rows = [
        (
            item.duty.text,
            item.duty.who,
            _due(item.duty),
            *((committed.of_item("duty", item.duty.id),) if committed else ()),
        )
        for item in case_file.assessment.duties
    ]
    return [Heading("Duties"), *with_state(("Duty", "Who", "By when"), rows, (7, 2, 3))] if rows else []


def with_state(heads: tuple[str, ...], rows: list[tuple[str, ...]], widths: tuple[int, ...]) -> tuple[Block, ...]:
    """A table whose last column is the state, and without it where no terms are approved."""
    stated = len(rows[0]) > len(heads)
    # A seventh of the line has room for the longest state in one word.
    header, broad = ((*heads, "State"), (*widths, -(-sum(widths) // 6))) if stated else (heads, widths)
    return columns.table(header, rows, broad, marks=("State",))


def _classified(item: Classified) -> tuple[str, str, str]:
    label = item.level.label if item.certain else f"{item.level.label} (not certain yet)"
    return item.classification.title, label, item.level.sentence


def _due(duty: Duty) -> str:
    return f"{duty.due} (law applies from {duty.applies_from})" if duty.applies_from else duty.due


def _open_points(case_file: CaseFile) -> tuple[str, ...]:
    """What nobody knew, with the person who will know."""
    return tuple(_open_point(case_file, name) for name in case_file.assessment.open_points)


def _open_point(case_file: CaseFile, name: str) -> str:
    """A question is open without an answer where wider terms raise it: the owner was never asked."""
    label, answer = case_file.playbook.question(name).label, case_file.answers.get(name)
    if answer is None:
        return f"{label}: nobody was asked"
    return f"{label}: {answer.ask} will know" if answer.ask else label
