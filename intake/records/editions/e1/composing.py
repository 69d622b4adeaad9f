"""What a decision record says, in order, for each of the three kinds.

The base of a record must come out the same on every machine, so everything here follows from the signed revision, the
terms (or the reason), the playbook and the roster the revision names, and from nothing else: no clock, no settings, no
names of the people who will sign.
"""

from __future__ import annotations

from intake.domain.acts.kinds import Office
from intake.domain.base.canonical import Json
from intake.domain.base.words import spoken
from intake.domain.case.summary import reference
from intake.domain.guide.asked import asked
from intake.domain.guide.classifying import Classified
from intake.domain.playbook.judged import ControlStage, Duty
from intake.domain.playbook.questions import QuestionRole
from intake.domain.terms.terms import Condition, Terms
from intake.domain.terms.waivers import Waiver
from intake.records.case_file import CaseFile
from intake.records.content import (
    Block,
    Bullets,
    Heading,
    KeyValues,
    Paragraph,
    PrintedDigest,
    PrintedNotice,
    PrintedTable,
    RecordContent,
    RecordKind,
    RecordSection,
    SignatureField,
)
from intake.records.editions.e1.committed import Committed
from intake.records.editions.e1.labels import BOUNDARIES, PrintedBoundaries, answered, cited
from intake.records.editions.e1.wording import SIGNERS
from intake.records.refusals import WordsMissing


def decision(case_file: CaseFile, terms: Terms, boundaries: PrintedBoundaries = BOUNDARIES) -> RecordContent:
    """The record of an approval: the terms first, then what they rest on. ``boundaries`` are the fields there are words for.

    Raises WordsMissing for terms by a table that has a field beside them: the next edition brings its words.
    """
    return _content(
        case_file,
        kind=RecordKind.DECISION,
        subtitle=f"Approved for the stage “{terms.stage.value}”, until {terms.expires.isoformat()}",
        digests=(PrintedDigest("Terms", terms.digest),),
        summary=(
            Paragraph(
                "Approved jointly by the Chief Information Officer and the Chief Information Security Officer, on this revision "
                "and on these terms. It is a decision when both have signed."
            ),
            KeyValues(
                (
                    *_whose(case_file),
                    *_granted(case_file, terms),
                    *_waived(case_file, terms),
                    ("Holds", f"from {terms.begins.isoformat()} to {terms.expires.isoformat()}"),
                )
            ),
            *_against_asked(case_file, terms, boundaries),
            *_conditions(case_file, terms),
            *_limits_in_short(case_file, terms, boundaries),
        ),
        sections=(_terms(case_file, terms, boundaries),),
        facts={
            "terms": terms.as_json(),
            "terms_digest": terms.digest,
            "commitments": Committed(case_file, terms).as_json(),
        },
        terms=terms,
    )


def declined(case_file: CaseFile, office: Office, reason: str) -> RecordContent:
    """The record of a decline: one signature, and the reason."""
    field = SignatureField(office.label)
    return _content(
        case_file,
        kind=RecordKind.DECLINED,
        subtitle=f"Declined by the {SIGNERS[field]}",
        digests=(),
        summary=(
            KeyValues(_what(case_file)),
            PrintedNotice(f"The {SIGNERS[field]} declines this use case. It must not run."),
            Heading("Reason"),
            Paragraph(reason),
        ),
        sections=(),
        facts={"office": office.value, "reason": reason},
        signers=(field,),
    )


def withdrawn(case_file: CaseFile, reason: str) -> RecordContent:
    """The record of a withdrawal by the business."""
    return _content(
        case_file,
        kind=RecordKind.WITHDRAWN,
        subtitle="Withdrawn by the business",
        digests=(),
        summary=(
            KeyValues(_what(case_file)),
            PrintedNotice("The business withdraws this use case. Nothing about it is approved."),
            Heading("Reason"),
            Paragraph(reason),
        ),
        sections=(),
        facts={"reason": reason},
        signers=(SignatureField.OWNER,),
    )


def _content(
    case_file: CaseFile,
    *,
    kind: RecordKind,
    subtitle: str,
    digests: tuple[PrintedDigest, ...],
    summary: tuple[Block, ...],
    sections: tuple[RecordSection, ...],
    facts: dict[str, Json],
    signers: tuple[SignatureField, ...] = (SignatureField.CIO, SignatureField.CISO),
    terms: Terms | None = None,
) -> RecordContent:
    revision, body = case_file.revision, case_file.revision.body
    act = case_file.state.event(revision.id).act
    org = case_file.rosters.org
    listed = case_file.rosters.chain[act.roster].roster
    return RecordContent(
        kind=kind,
        reference=reference(case_file.state.case),
        title=body.title,
        subtitle=subtitle,
        organisation=org,
        organisation_name=listed.organisation,
        organisation_words=spoken(org),
        dated=act.at,
        digests=(
            PrintedDigest("Revision", revision.id),
            PrintedDigest("Content of the revision", body.content_digest),
            PrintedDigest("Playbook", body.playbook),
            PrintedDigest("Assessment", case_file.assessment.digest),
            *digests,
        ),
        summary=summary,
        sections=(
            _value(case_file),
            *sections,
            _assessment(case_file, terms),
            *_answers(case_file),
            _evidence(case_file),
        ),
        facts={
            "organisation": org,
            "case": case_file.state.case,
            "revision": revision.id,
            "number": revision.number,
            "content": body.content_digest,
            "playbook": body.playbook,
            "assessment": case_file.assessment.digest,
            "tier": case_file.assessment.tier.value,
            "stage": body.stage.value,
            "unit": body.unit,
            "owner": body.owner,
            **facts,
        },
        signers=signers,
    )


def _whose(case_file: CaseFile) -> tuple[tuple[str, str], ...]:
    """What every record says first: whose use case it is, who filed it, and which revision this is."""
    revision, body = case_file.revision, case_file.revision.body
    act = case_file.state.event(revision.id).act
    return (
        ("Business unit", body.unit),
        ("Accountable owner", _name(case_file, body.owner)),
        ("Filed by", f"{_name(case_file, act.person)} on {act.at.date().isoformat()}, as revision {revision.number}"),
    )


def _what(case_file: CaseFile) -> tuple[tuple[str, str], ...]:
    """The same with what it is judged as and what it asks for, where nothing is granted."""
    path = case_file.assessment.path
    return (
        *_whose(case_file),
        ("Tier", f"{path.label} ({path.lane_label})"),
        ("Stage asked for", case_file.revision.body.stage.value.capitalize()),
    )


def _granted(case_file: CaseFile, terms: Terms) -> tuple[tuple[str, str], ...]:
    """Tier and stage as granted, and as asked for where that is another."""
    path, granted, body = case_file.assessment.path, case_file.granted, case_file.revision.body
    asked_for = granted.asked.path.label if granted else path.label
    tier = "as asked for" if asked_for == path.label else f"asked for: {asked_for}"
    stage = "as asked for" if body.stage is terms.stage else f"asked for: {body.stage.value}"
    return (
        ("Tier", f"{path.label} ({path.lane_label}), {tier}"),
        ("Stage granted", f"{terms.stage.value.capitalize()}, {stage}"),
    )


def _waived(case_file: CaseFile, terms: Terms) -> tuple[tuple[str, str], ...]:
    """What scaled use should have had, and both offices do without, each with their reason."""
    return tuple(("Waived", f"{_missing(case_file, terms, item)}, because: {item.reason}") for item in terms.waivers)


def _missing(case_file: CaseFile, terms: Terms, item: Waiver) -> str:
    """A patched program can waive what the playbook does not ask; the record is made all the same, and names the id."""
    if item.commitment:
        return f"commitment: {Committed(case_file, terms).text(item.commitment)}"
    if not item.question:
        return "a pilot before it"
    return f"evidence: {case_file.playbook.labels.get(item.question, item.question)}"


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
        Heading("Agreed otherwise than asked for"),
        PrintedTable(("Boundary", "Agreed", "Asked for"), rows, (3, 4, 4)),
    ]


MATTERING = (
    "data_access.highest_class",
    "data_access.personal_data",
    "model_scope.autonomy",
    "system_integration.access",
    "system_integration.network",
    "user_permissions.max_users",
    "user_permissions.budget",
)
"""The boundaries that the first page tells in any case: what may be seen, what may be done, by how many and for how much."""


def _limits_in_short(case_file: CaseFile, terms: Terms, boundaries: PrintedBoundaries) -> list[Block]:
    """What matters most of the boundaries that are as they were asked for, in a sentence; those that are not stand above it."""
    moved = case_file.granted.by_path if case_file.granted else {}
    said = [
        f"{item.label}: {item.said(terms.boundaries[item.path])}"
        for _, group in boundaries
        for item in group
        if item.path in MATTERING and item.path not in moved and item.path in terms.boundaries.table
    ]
    if not said:
        return []
    return [Heading("Boundaries as asked for, in short"), Paragraph(" · ".join(said))]


def _conditions(case_file: CaseFile, terms: Terms) -> list[Block]:
    if not terms.conditions:
        return [Paragraph("There are no conditions.")]
    committed = Committed(case_file, terms)
    due = tuple(
        (_asked_for(item), _name(case_file, item.owner), item.due.isoformat(), committed.of_condition(item))
        for item in terms.conditions
    )
    return [Heading("Conditions"), PrintedTable(("What must be done", "By whom", "Until", "State"), due, (6, 3, 2, 2))]


_VALUE = (
    QuestionRole.INTENDED_USE, QuestionRole.PROBLEM, QuestionRole.BENEFIT, QuestionRole.PEOPLE, QuestionRole.INFLUENCE,
)  # fmt: skip


def _value(case_file: CaseFile) -> RecordSection:
    """What it brings and whom it touches, beside what drives its risk: the two are weighed against each other."""
    playbook, given, assessed = case_file.playbook, case_file.answers, case_file.assessment
    asked_now = {question.id for question in asked(playbook, given).shown}
    names = dict.fromkeys(playbook.role(role) for role in _VALUE)
    rows = tuple(
        (playbook.question(name).label, answered(playbook.question(name), given[name]))
        for name in names
        if name in given and name in asked_now
    )
    risk = Paragraph(f"{assessed.path.sentence} {assessed.path.why}")
    return RecordSection("Value beside risk", (*((KeyValues(rows),) if rows else ()), risk, *_driving(case_file)))


def _terms(case_file: CaseFile, terms: Terms, boundaries: PrintedBoundaries) -> RecordSection:
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
    committed = Committed(case_file, terms)
    if settled := committed.settled_before():
        blocks.append(Heading("Commitments of earlier terms that are settled"))
        blocks.append(PrintedTable(("Commitment", "State"), settled, (10, 3)))
    return RecordSection("Boundaries, and why each is limited", tuple(blocks))


def _asked_for(item: Condition) -> str:
    """What a condition asks for, who confirms it and what shows it."""
    by = f"confirmed by the {item.office.upper()}" if item.office else "confirmed by either office"
    return f"{item.text} ({by}; shown by: {item.evidence})" if item.evidence else f"{item.text} ({by})"


def _driving(case_file: CaseFile) -> list[Block]:
    assessed, playbook = case_file.assessment, case_file.playbook
    blocks: list[Block] = []
    if assessed.fired:
        blocks.append(Heading("What drives the tier"))
        blocks.append(
            PrintedTable(
                ("Rule", "Because of", "Source"),
                tuple(
                    (
                        fired.rule.sentence,
                        "; ".join(f"{playbook.question(fact.question).label}: {fact.said}" for fact in fired.facts),
                        "; ".join(cited(playbook, source) for source in fired.rule.sources),
                    )
                    for fired in assessed.fired
                ),
                (4, 5, 5),
            )
        )
    if assessed.might_be:
        blocks.append(Heading("What could raise the tier once it is known"))
        blocks.append(Bullets(tuple(item.rule.sentence for item in assessed.might_be)))
    return blocks


def _assessment(case_file: CaseFile, terms: Terms | None) -> RecordSection:
    """``terms`` are those that are approved; then controls and duties say their state."""
    assessed, committed = case_file.assessment, Committed(case_file, terms) if terms else None
    blocks: list[Block] = []
    if case_file.granted and case_file.granted.by_path:
        blocks.append(Paragraph("It judges what is agreed, and not what was asked for."))
    if assessed.classified:
        blocks.append(Heading("What laws and standards call it"))
        blocks.append(
            PrintedTable(("Question", "Answer", "Meaning"), tuple(map(_classified, assessed.classified)), (4, 3, 9))
        )
    if assessed.threats:
        blocks.append(Heading("Threats"))
        doubtful = [item.threat.title for item in assessed.threats if not item.certain]
        if doubtful:
            blocks.append(Paragraph(f"Not certain, and not ruled out: {'; '.join(doubtful)}."))
        rows = tuple((item.threat.title, item.threat.why) for item in assessed.threats)
        blocks.append(PrintedTable(("Threat", "Why it matters"), rows, (3, 9)))
    for stage in ControlStage:
        controls = tuple(
            (
                called.control.title,
                called.control.text or called.control.why,
                called.control.owner,
                *((committed.of_item("control", called.control.id),) if committed else ()),
            )
            for called in assessed.controls
            if called.control.stage is stage
        )
        heads = ("Control", "What is done", "Owner", "State")
        if controls:
            blocks.append(Heading(f"Controls {stage.value}"))
            blocks.append(PrintedTable(*_with_state(committed, heads, controls, (8, 20, 6, 3))))
    if assessed.duties:
        blocks.append(Heading("Duties"))
        duties = tuple(
            (
                item.duty.text,
                item.duty.who,
                _due(item.duty),
                *((committed.of_item("duty", item.duty.id),) if committed else ()),
            )
            for item in assessed.duties
        )
        blocks.append(PrintedTable(*_with_state(committed, ("Duty", "Who", "By when", "State"), duties, (7, 2, 3, 2))))
    open_points = _open_points(case_file)
    if open_points:
        blocks.append(Heading("Open points"))
        blocks.append(Bullets(open_points))
    if assessed.contradictions:
        blocks.append(Heading("Answers that do not fit together"))
        blocks.append(Bullets(tuple(item.contradiction.sentence for item in assessed.contradictions)))
    nothing = Paragraph("Nothing follows from it: no threat, control or duty of the playbook applies.")
    return RecordSection(f"Assessment: {assessed.path.label}", tuple(blocks) or (nothing,))


def _with_state(
    committed: Committed | None,
    heads: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[int, ...],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """A table whose last column is the state, and without it where no terms are approved."""
    return (heads, rows, widths) if committed else (heads[:-1], rows, widths[:-1])


def _classified(item: Classified) -> tuple[str, str, str]:
    label = item.level.label if item.certain else f"{item.level.label} (not certain yet)"
    return item.classification.title, label, item.level.sentence


def _due(duty: Duty) -> str:
    return f"{duty.due} (law applies from {duty.applies_from})" if duty.applies_from else duty.due


def _open_points(case_file: CaseFile) -> tuple[str, ...]:
    """What nobody knew, with the person who will know, and the evidence that was expected and is not there."""
    playbook = case_file.playbook
    unknown = (_open_point(case_file, name) for name in case_file.assessment.open_points)
    missing = (f"{playbook.question(name).label}: not attached yet" for name in case_file.assessment.expected)
    return (*unknown, *missing)


def _open_point(case_file: CaseFile, name: str) -> str:
    """A question is open without an answer where wider terms raise it: the owner was never asked."""
    label, answer = case_file.playbook.question(name).label, case_file.answers.get(name)
    if answer is None:
        return f"{label}: nobody was asked"
    return f"{label}: {answer.ask} will know" if answer.ask else label


def _answers(case_file: CaseFile) -> tuple[RecordSection, ...]:
    given, said_above = case_file.answers, _said_above(case_file)
    asked_now = {question.id for question in asked(case_file.playbook, given).shown} - said_above
    blocks: list[Block] = []
    for section in case_file.playbook.all_sections:
        rows = tuple(
            (question.label, answered(question, given[question.id]))
            for question in section.questions
            if question.id in given and question.id in asked_now
        )
        if rows:
            blocks += [Heading(section.title), KeyValues(rows)]
    if case_file.granted:
        blocks.insert(0, Paragraph("What was answered and agreed alike stands under the boundaries."))
    return (RecordSection("What else was answered", tuple(blocks)),) if blocks else ()


def _said_above(case_file: CaseFile) -> set[str]:
    """The questions whose answers stand on earlier pages: beside the risk, on the first page, and as a boundary that is agreed as it was
    answered.
    """
    playbook, granted = case_file.playbook, case_file.granted
    found = {playbook.role(role) for role in (*_VALUE, QuestionRole.TITLE, QuestionRole.UNIT, QuestionRole.STAGE)}
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


def _evidence(case_file: CaseFile) -> RecordSection:
    attachments = case_file.revision.body.attachments
    if not attachments:
        return RecordSection("Attached files", (Paragraph("No files were attached."),))
    rows = tuple((item.name, f"{item.size} bytes", item.sha256) for item in attachments)
    return RecordSection("Attached files", (PrintedTable(("File", "Size", "SHA-256"), rows, (4, 2, 6)),))


def _name(case_file: CaseFile, person_id: str) -> str:
    act = case_file.state.event(case_file.revision.id).act
    return case_file.rosters.chain[act.roster].roster.called(person_id)
