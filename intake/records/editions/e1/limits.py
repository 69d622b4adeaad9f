"""The boundaries as they are agreed, each with what it is for, and the earlier commitments that the terms settle."""

from __future__ import annotations

from intake.domain.terms.terms import Terms
from intake.records.case_file import CaseFile
from intake.records.content import Block, Heading, PrintedTable, RecordSection
from intake.records.editions.e1 import columns
from intake.records.editions.e1.committed import Committed
from intake.records.editions.e1.labels import PrintedBoundaries
from intake.records.refusals import WordsMissing


def section(case_file: CaseFile, terms: Terms, boundaries: PrintedBoundaries) -> RecordSection:
    """Raises WordsMissing for a field that ``boundaries`` have no words for."""
    blocks: list[Block] = []
    table = terms.boundaries.table
    known = {item.path for _, group in boundaries for item in group}
    for field in table.fields:
        if field.path not in known:
            raise WordsMissing(field=field.label)
    for title, group in boundaries:
        said = [(item, terms.boundaries[item.path]) for item in group if item.path in table]
        rows = tuple((item.label, item.said(value), item.why) for item, value in said)
        blocks.append(Heading(title))
        blocks.append(PrintedTable((), rows, (4, 5, 10)))
    if settled := Committed(case_file, terms).settled_before():
        blocks.append(Heading("Commitments of earlier terms that are settled"))
        blocks += columns.table(("Commitment", "State"), settled, (10, 3), marks=("State",))
    return RecordSection("Boundaries, and why each is limited", tuple(blocks))
