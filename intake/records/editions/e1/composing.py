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
from intake.domain.playbook.judged import Duty
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
            KeyValues(
                (
                    *_what(case_file),
                    *_tier_asked(case_file),
                    *_waived(case_file, terms),
                    ("Stage granted", terms.stage.value.capitalize()),
                    ("Holds from", terms.begins.isoformat()),
                    ("Expires", terms.expires.isoformat()),
                )
            ),
            Paragraph(
                "The Chief Information Officer and the Chief Information Security Officer approve this use case "
                "jointly, on this revision and on these terms. It is a decision when both have signed."
            ),
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
        sections=(*sections, _assessment(case_file, terms), *_answers(case_file), _evidence(case_file)),
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


def _what(case_file: CaseFile) -> tuple[tuple[str, str], ...]:
    """What every record says first: whose use case it is, which revision, which tier."""
    revision, body = case_file.revision, case_file.revision.body
    act = case_file.state.event(revision.id).act
    path = case_file.assessment.path
    return (
        ("Business unit", body.unit),
        ("Accountable owner", _name(case_file, body.owner)),
        ("Filed by", _name(case_file, act.person)),
        ("Revision", f"{revision.number}, filed {act.at.date().isoformat()}"),
        ("Tier", f"{path.label} ({path.lane_label})"),
        ("Stage asked for", body.stage.value.capitalize()),
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


def _tier_asked(case_file: CaseFile) -> tuple[tuple[str, str], ...]:
    """The tier of the answers alone, where that on the terms is another."""
    granted = case_file.granted
    if granted is None or granted.asked.tier is granted.on_terms.tier:
        return ()
    return (("Tier as asked for", granted.asked.path.label),)


def _against_asked(case_file: CaseFile, terms: Terms, boundaries: PrintedBoundaries) -> list[Block]:
    """Every boundary that is agreed otherwise than it was asked for; the assessment rests on what is agreed."""
    granted = case_file.granted
    if granted is None or not granted.by_path:
        return []
    rows = tuple(
        (item.label, item.said(granted.wanted[item.path]), item.said(terms.boundaries[item.path]))
        for _, group in boundaries
        for item in group
        if item.path in granted.by_path
    )
    return [
        Heading("Agreed otherwise than asked for"),
        Paragraph("The assessment in this record judges what is agreed, and not what was asked for."),
        PrintedTable(("Boundary", "Asked for", "Agreed"), rows, (3, 4, 4)),
    ]


def _terms(case_file: CaseFile, terms: Terms, boundaries: PrintedBoundaries) -> RecordSection:
    blocks = _against_asked(case_file, terms, boundaries)
    table = terms.boundaries.table
    known = {item.path for _, group in boundaries for item in group}
    for field in table.fields:
        if field.path not in known:
            raise WordsMissing(field=field.label)
    for title, group in boundaries:
        said = [(item, terms.boundaries[item.path]) for item in group if item.path in table]
        rows = tuple((item.label, item.said(value), item.why) for item, value in said)
        blocks.append(Heading(title))
        blocks.append(PrintedTable(("Boundary", "Agreed", "Why it is limited"), rows, (3, 4, 6)))
    blocks.append(Heading("Conditions"))
    committed = Committed(case_file, terms)
    if terms.conditions:
        due = tuple(
            (_asked_for(item), _name(case_file, item.owner), item.due.isoformat(), committed.of_condition(item))
            for item in terms.conditions
        )
        blocks.append(PrintedTable(("What must be done", "By whom", "Until", "State"), due, (6, 3, 2, 2)))
    else:
        blocks.append(Paragraph("There are no conditions."))
    if settled := committed.settled_before():
        blocks.append(Heading("Commitments of earlier terms that are settled"))
        blocks.append(PrintedTable(("Commitment", "State"), settled, (10, 3)))
    return RecordSection("Boundaries and conditions", tuple(blocks))


def _asked_for(item: Condition) -> str:
    """What a condition asks for, who confirms it and what shows it."""
    by = f"confirmed by the {item.office.upper()}" if item.office else "confirmed by either office"
    return f"{item.text} ({by}; shown by: {item.evidence})" if item.evidence else f"{item.text} ({by})"


def _assessment(case_file: CaseFile, terms: Terms | None) -> RecordSection:
    """``terms`` are those that are approved; then controls and duties say their state."""
    committed = Committed(case_file, terms) if terms else None
    assessed, playbook = case_file.assessment, case_file.playbook
    blocks: list[Block] = [Paragraph(f"{assessed.path.sentence} {assessed.path.why}")]
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
                (4, 4, 4),
            )
        )
    if assessed.might_be:
        blocks.append(Heading("What could raise the tier once it is known"))
        blocks.append(Bullets(tuple(item.rule.sentence for item in assessed.might_be)))
    if assessed.classified:
        blocks.append(Heading("What laws and standards call it"))
        blocks.append(
            PrintedTable(("Question", "Answer", "Meaning"), tuple(map(_classified, assessed.classified)), (3, 3, 6))
        )
    if assessed.threats:
        blocks.append(Heading("Threats"))
        rows = tuple((item.threat.title, item.threat.why, _certain(item.certain)) for item in assessed.threats)
        blocks.append(PrintedTable(("Threat", "Why it matters", "Applies"), rows, (3, 7, 2)))
    if assessed.controls:
        blocks.append(Heading("Controls"))
        controls = tuple(
            (
                called.control.title,
                called.control.text or called.control.why,
                called.control.owner,
                called.control.stage.value.capitalize(),
                *((committed.of_item("control", called.control.id),) if committed else ()),
            )
            for called in assessed.controls
        )
        heads = ("Control", "What is done", "Owner", "When", "State")
        blocks.append(PrintedTable(*_with_state(committed, heads, controls, (3, 5, 2, 2, 2))))
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
        blocks.append(PrintedTable(*_with_state(committed, ("Duty", "Who", "By when", "State"), duties, (6, 3, 3, 2))))
    open_points = _open_points(case_file)
    if open_points:
        blocks.append(Heading("Open points"))
        blocks.append(Bullets(open_points))
    if assessed.contradictions:
        blocks.append(Heading("Answers that do not fit together"))
        blocks.append(Bullets(tuple(item.contradiction.sentence for item in assessed.contradictions)))
    return RecordSection(f"Assessment: {assessed.path.label}", tuple(blocks))


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
    given = case_file.answers
    asked_now = {question.id for question in asked(case_file.playbook, given).shown}
    sections = []
    for section in case_file.playbook.all_sections:
        rows = tuple(
            (question.label, answered(question, given[question.id]))
            for question in section.questions
            if question.id in given and question.id in asked_now
        )
        if rows:
            sections.append(RecordSection(section.title, (KeyValues(rows),)))
    return tuple(sections)


def _evidence(case_file: CaseFile) -> RecordSection:
    attachments = case_file.revision.body.attachments
    if not attachments:
        return RecordSection("Attached files", (Paragraph("No files were attached."),))
    rows = tuple((item.name, f"{item.size} bytes", item.sha256) for item in attachments)
    return RecordSection("Attached files", (PrintedTable(("File", "Size", "SHA-256"), rows, (4, 2, 6)),))


def _name(case_file: CaseFile, person_id: str) -> str:
    act = case_file.state.event(case_file.revision.id).act
    return case_file.rosters.chain[act.roster].roster.called(person_id)


def _certain(certain: bool) -> str:
    return "Yes" if certain else "Cannot be ruled out"
