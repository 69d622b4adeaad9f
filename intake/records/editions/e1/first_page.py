"""The first page of a record: what is decided, for whom, on which terms. Both signatures stand below it.

What both offices changed comes before what they left, which stands among the boundaries further down too. Where there is more than
the page holds it goes on on the next one; the page says so, and its headings say how many there are.
"""

from __future__ import annotations

from intake.domain.playbook.questions import QuestionRole
from intake.domain.terms.terms import Condition, Terms
from intake.domain.terms.waivers import Waiver
from intake.records.case_file import CaseFile
from intake.records.content import Block, Heading, KeyValues, PrintedTable
from intake.records.editions.e1 import columns
from intake.records.editions.e1.committed import Committed
from intake.records.editions.e1.labels import PrintedBoundaries, answered

USE = 330
"""So many characters of what it is used for stand on the first page."""
RULES = 3
"""So many of the rules behind the tier."""
MATTERING = (
    "data_access.highest_class",
    "data_access.personal_data",
    "model_scope.provider",
    "model_scope.model",
    "model_scope.autonomy",
    "system_integration.access",
    "system_integration.network",
    "user_permissions.max_users",
    "user_permissions.budget",
)
"""The boundaries that the first page tells in any case: what may be seen, by which model, what may be done, by how many and for how
much.
"""


def decided(case_file: CaseFile, terms: Terms, boundaries: PrintedBoundaries) -> tuple[Block, ...]:
    """What both offices approve."""
    return (
        KeyValues(
            (
                *_use(case_file),
                *_whose(case_file),
                *_granted(case_file, terms),
                *(() if terms.conditions else (("Conditions", "None"),)),
                *_lacking(case_file, terms),
            )
        ),
        *_against_asked(case_file, terms, boundaries),
        *_conditions(case_file, terms),
        *_waived(case_file, terms),
        *_limits_in_short(case_file, terms, boundaries),
    )


def asked_for(case_file: CaseFile) -> tuple[tuple[str, str], ...]:
    """Whose it is, what it is judged as and what it asks for, where nothing is granted."""
    path = case_file.assessment.path
    return (
        *_use(case_file),
        *_whose(case_file),
        ("Tier", f"{path.label} ({path.lane_label})"),
        *_because(case_file),
        ("Stage asked for", case_file.revision.body.stage.value.capitalize()),
    )


def _use(case_file: CaseFile) -> tuple[tuple[str, str], ...]:
    """What it is for, in the words of its owner; cut where it is told at length, for the next page has it whole."""
    playbook, given = case_file.playbook, case_file.answers
    name = playbook.role(QuestionRole.INTENDED_USE) or playbook.role(QuestionRole.PROBLEM)
    if name not in given or given[name].unknown:
        return ()
    said = " ".join("; ".join(answered(playbook.question(name), given[name]).splitlines()).split())
    whole = said if len(said) <= USE else f"{said[:USE].rsplit(' ', 1)[0]} … (in full under “Value beside risk”)"
    return (("What it is for", whole),) if said else ()


def _whose(case_file: CaseFile) -> tuple[tuple[str, str], ...]:
    """Whose use case it is, who filed it, and which revision this is."""
    revision, body, act = case_file.revision, case_file.revision.body, case_file.act
    filed = f"{case_file.called(act.person)} on {act.at.date().isoformat()}, as revision {revision.number}"
    return (
        ("Business unit", body.unit),
        ("Accountable owner", case_file.called(body.owner)),
        ("Filed by", filed),
    )


def _lacking(case_file: CaseFile, terms: Terms) -> tuple[tuple[str, str], ...]:
    """The evidence that is expected, not there and not waived."""
    waived = {item.question for item in terms.waivers}
    labels = [case_file.playbook.question(name).label for name in case_file.assessment.expected if name not in waived]
    return (("Not attached yet", "; ".join(labels)),) if labels else ()


def _because(case_file: CaseFile) -> tuple[tuple[str, str], ...]:
    """The rules that make the tier what it is; their sources follow on the next page."""
    fired = [item.rule.sentence.rstrip(".") for item in case_file.assessment.fired]
    more = f"; and {len(fired) - RULES} more" if len(fired) > RULES else ""
    return (("The tier rests on", "; ".join(fired[:RULES]) + more),) if fired else ()


def _granted(case_file: CaseFile, terms: Terms) -> tuple[tuple[str, str], ...]:
    """Tier and stage as granted, and as asked for where that is another."""
    path, granted, body = case_file.assessment.path, case_file.granted, case_file.revision.body
    asked = granted.asked.path.label if granted else path.label
    tier = "judged alike on what was asked for" if asked == path.label else f"on what was asked for: {asked}"
    stage = "as asked for" if body.stage is terms.stage else f"asked for: {body.stage.value}"
    return (
        ("Tier", f"{path.label} ({path.lane_label}), {tier}"),
        *_because(case_file),
        (
            "Stage granted",
            f"{terms.stage.value.capitalize()}, {stage}; from {terms.begins.isoformat()} to {terms.expires.isoformat()}",
        ),
    )


def _waived(case_file: CaseFile, terms: Terms) -> list[Block]:
    """What scaled use should have had, and both offices do without, each with their reason."""
    if not terms.waivers:
        return []
    rows = [(_missing(case_file, terms, item), item.reason) for item in terms.waivers]
    heading = Heading(f"Waived by both: {len(rows)}")
    return [heading, *columns.table(("What is done without", "Because"), rows, (6, 7))]


def _missing(case_file: CaseFile, terms: Terms, item: Waiver) -> str:
    """A patched program can waive what the playbook does not ask; the record is made all the same, and names the id."""
    if item.commitment:
        return f"Commitment: {Committed(case_file, terms).text(item.commitment)}"
    if not item.question:
        return "A pilot before it"
    return f"Evidence: {case_file.playbook.labels.get(item.question, item.question)}"


def _against_asked(case_file: CaseFile, terms: Terms, boundaries: PrintedBoundaries) -> list[Block]:
    """Every boundary that is agreed otherwise than it was asked for; the assessment rests on what is agreed."""
    granted = case_file.granted
    if granted is None or not granted.by_path:
        return []
    rows = tuple(
        (item.label, item.said(terms.boundaries[item.path]), item.said(granted.wanted[item.path]))
        for _, group in boundaries
        for item in group
        if item.path in granted.by_path
    )
    return [
        Heading(f"Agreed otherwise than asked for: {len(rows)}"),
        PrintedTable(("Boundary", "Agreed", "Asked for"), rows, (3, 4, 4)),
    ]


def _conditions(case_file: CaseFile, terms: Terms) -> list[Block]:
    if not terms.conditions:
        return []
    committed = Committed(case_file, terms)
    due = [
        (_condition(item), case_file.called(item.owner), item.due.isoformat(), committed.of_condition(item))
        for item in terms.conditions
    ]
    header, widths = ("What must be done", "By whom", "Until", "State"), (9, 3, 2, 2)
    states = {row[-1] for row in due}
    if len(states) > 1:
        return [Heading(f"Conditions: {len(due)}"), *columns.table(header, due, widths, marks=("State",))]
    heading = Heading(f"Conditions: {len(due)}, {'all ' if len(due) > 1 else ''}{min(states).lower()}")
    return [heading, *columns.table(header[:-1], [row[:-1] for row in due], widths[:-1])]


def _condition(item: Condition) -> str:
    """What a condition asks for, who confirms it and what shows it."""
    by = f"the {item.office.upper()} confirms it" if item.office else "either office confirms it"
    return f"{item.text} ({by}; shown by: {item.evidence})" if item.evidence else f"{item.text} ({by})"


def _limits_in_short(case_file: CaseFile, terms: Terms, boundaries: PrintedBoundaries) -> list[Block]:
    """What matters most of the boundaries that are as they were asked for; those that are not stand above them."""
    moved = case_file.granted.by_path if case_file.granted else {}
    said = tuple(
        (item.label, item.said(terms.boundaries[item.path]))
        for _, group in boundaries
        for item in group
        if item.path in MATTERING and item.path not in moved and item.path in terms.boundaries.table
    )
    return [Heading("Agreed as asked for"), KeyValues(said, many=True)] if said else []
