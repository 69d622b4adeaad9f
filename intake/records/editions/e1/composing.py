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
from intake.domain.terms.terms import Terms
from intake.records.case_file import Matter
from intake.records.content import (
    Block,
    Bullets,
    Digest,
    Heading,
    KeyValues,
    Notice,
    Paragraph,
    RecordContent,
    RecordKind,
    Section,
    SignatureField,
    Table,
)
from intake.records.editions.e1.labels import LIMITS, Limits, answered, cited
from intake.records.refusals import WordsMissing


def decision(matter: Matter, terms: Terms, limits: Limits = LIMITS) -> RecordContent:
    """The record of an approval: the terms first, then what they rest on. ``limits`` are those there are words for.

    Raises WordsMissing for terms by a table that has a limit beside them: the next edition brings its words.
    """
    return _content(
        matter,
        kind=RecordKind.DECISION,
        subtitle=f"Approved for {terms.stage.value}, until {terms.expires.isoformat()}",
        digests=(Digest("Terms", terms.digest),),
        summary=(
            KeyValues(
                (
                    *_what(matter),
                    ("Stage granted", terms.stage.value.capitalize()),
                    ("Expires", terms.expires.isoformat()),
                )
            ),
            Paragraph(
                "The Chief Information Officer and the Chief Information Security Officer approve this use case "
                "jointly, on this revision and on these terms. It is a decision when both have signed."
            ),
        ),
        sections=(_terms(matter, terms, limits),),
        facts={"terms": terms.as_json(), "terms_digest": terms.digest},
    )


def declined(matter: Matter, office: Office, reason: str) -> RecordContent:
    """The record of a decline: one signature, and the reason."""
    return _content(
        matter,
        kind=RecordKind.DECLINED,
        subtitle=f"Declined by the {office.label}",
        digests=(),
        summary=(
            KeyValues(_what(matter)),
            Notice(f"The {office.label} declines this use case. It must not run."),
            Heading("Reason"),
            Paragraph(reason),
        ),
        sections=(),
        facts={"office": office.value, "reason": reason},
        signers=(SignatureField(office.label),),
    )


def withdrawn(matter: Matter, reason: str) -> RecordContent:
    """The record of a withdrawal by the business."""
    return _content(
        matter,
        kind=RecordKind.WITHDRAWN,
        subtitle="Withdrawn by the business",
        digests=(),
        summary=(
            KeyValues(_what(matter)),
            Notice("The business withdraws this use case. Nothing about it is approved."),
            Heading("Reason"),
            Paragraph(reason),
        ),
        sections=(),
        facts={"reason": reason},
        signers=(SignatureField.OWNER,),
    )


def _content(
    matter: Matter,
    *,
    kind: RecordKind,
    subtitle: str,
    digests: tuple[Digest, ...],
    summary: tuple[Block, ...],
    sections: tuple[Section, ...],
    facts: dict[str, Json],
    signers: tuple[SignatureField, ...] = (SignatureField.CIO, SignatureField.CISO),
) -> RecordContent:
    revision, body = matter.revision, matter.revision.body
    act = matter.state.event(revision.id).act
    org = matter.rosters.org
    listed = matter.rosters.chain[act.roster].roster
    return RecordContent(
        kind=kind,
        reference=reference(matter.state.case),
        title=body.title,
        subtitle=subtitle,
        organisation=org,
        organisation_name=listed.organisation,
        organisation_words=spoken(org),
        dated=act.at,
        digests=(
            Digest("Revision", revision.id),
            Digest("Content of the revision", body.content_digest),
            Digest("Playbook", body.playbook),
            Digest("Assessment", matter.assessment.digest),
            *digests,
        ),
        summary=summary,
        sections=(*sections, _assessment(matter), *_answers(matter), _evidence(matter)),
        facts={
            "organisation": org,
            "case": matter.state.case,
            "revision": revision.id,
            "number": revision.number,
            "content": body.content_digest,
            "playbook": body.playbook,
            "assessment": matter.assessment.digest,
            "tier": matter.assessment.tier.value,
            "stage": body.stage.value,
            "unit": body.unit,
            "owner": body.owner,
            **facts,
        },
        signers=signers,
    )


def _what(matter: Matter) -> tuple[tuple[str, str], ...]:
    """What every record says first: whose use case it is, which revision, which tier."""
    revision, body = matter.revision, matter.revision.body
    act = matter.state.event(revision.id).act
    owner = matter.rosters.chain[act.roster].roster.person(body.owner)
    path = matter.assessment.path
    return (
        ("Business unit", body.unit),
        ("Accountable owner", owner.name if owner else body.owner),
        ("Revision", f"{revision.number}, filed {act.at.date().isoformat()}"),
        ("Tier", f"{path.label} ({path.lane_label})"),
        ("Stage asked for", body.stage.value.capitalize()),
    )


def _terms(matter: Matter, terms: Terms, limits: Limits) -> Section:
    blocks: list[Block] = []
    table = terms.boundaries.table
    known = {item.path for _, group in limits for item in group}
    for field in table.fields:
        if field.path not in known:
            raise WordsMissing(limit=field.label)
    for title, group in limits:
        said = [(item, terms.boundaries[item.path]) for item in group if item.path in table]
        rows = tuple((item.label, item.said(value), item.why) for item, value in said)
        blocks.append(Heading(title))
        blocks.append(Table(("Limit", "Agreed", "Why it is limited"), rows, (3, 4, 6)))
    blocks.append(Heading("Conditions"))
    if terms.conditions:
        due = tuple((item.text, _name(matter, item.owner), item.due.isoformat()) for item in terms.conditions)
        blocks.append(Table(("What must be done", "By whom", "Until"), due, (7, 3, 2)))
    else:
        blocks.append(Paragraph("There are no conditions."))
    return Section("Boundaries and conditions", tuple(blocks))


def _assessment(matter: Matter) -> Section:
    assessed, playbook = matter.assessment, matter.playbook
    blocks: list[Block] = [Paragraph(f"{assessed.path.sentence} {assessed.path.why}")]
    if assessed.fired:
        blocks.append(Heading("What drives the tier"))
        blocks.append(
            Table(
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
        blocks.append(Table(("Question", "Answer", "Meaning"), tuple(map(_classified, assessed.classified)), (3, 3, 6)))
    if assessed.threats:
        blocks.append(Heading("Threats"))
        rows = tuple((item.threat.title, item.threat.why, _certain(item.certain)) for item in assessed.threats)
        blocks.append(Table(("Threat", "Why it matters", "Applies"), rows, (3, 7, 2)))
    if assessed.controls:
        blocks.append(Heading("Controls"))
        controls = tuple(
            (
                called.control.title,
                called.control.text or called.control.why,
                called.control.owner,
                called.control.stage.value,
            )
            for called in assessed.controls
        )
        blocks.append(Table(("Control", "What is done", "Owner", "When"), controls, (3, 5, 2, 2)))
    if assessed.duties:
        blocks.append(Heading("Duties"))
        duties = tuple((item.duty.text, item.duty.who, _due(item.duty)) for item in assessed.duties)
        blocks.append(Table(("Duty", "Who", "By when"), duties, (6, 3, 3)))
    open_points = _open_points(matter)
    if open_points:
        blocks.append(Heading("Open points"))
        blocks.append(Bullets(open_points))
    if assessed.contradictions:
        blocks.append(Heading("Answers that do not fit together"))
        blocks.append(Bullets(tuple(item.contradiction.sentence for item in assessed.contradictions)))
    return Section(f"Assessment: {assessed.path.label}", tuple(blocks))


def _classified(item: Classified) -> tuple[str, str, str]:
    label = item.level.label if item.certain else f"{item.level.label} (not certain yet)"
    return item.classification.title, label, item.level.sentence


def _due(duty: Duty) -> str:
    return f"{duty.due} (law applies from {duty.applies_from})" if duty.applies_from else duty.due


def _open_points(matter: Matter) -> tuple[str, ...]:
    """What nobody knew, with whoever will, and the evidence that was expected and is not there."""
    playbook, answers = matter.playbook, matter.answers
    unknown = (
        f"{playbook.question(name).label}: {ask} will know"
        if (ask := answers[name].ask)
        else playbook.question(name).label
        for name in matter.assessment.open_points
    )
    missing = (f"{playbook.question(name).label}: not attached yet" for name in matter.assessment.expected)
    return (*unknown, *missing)


def _answers(matter: Matter) -> tuple[Section, ...]:
    given = matter.answers
    asked_now = {question.id for question in asked(matter.playbook, given).shown}
    sections = []
    for section in matter.playbook.all_sections:
        rows = tuple(
            (question.label, answered(question, given[question.id]))
            for question in section.questions
            if question.id in given and question.id in asked_now
        )
        if rows:
            sections.append(Section(section.title, (KeyValues(rows),)))
    return tuple(sections)


def _evidence(matter: Matter) -> Section:
    attachments = matter.revision.body.attachments
    if not attachments:
        return Section("Evidence", (Paragraph("No files were attached."),))
    rows = tuple((item.name, f"{item.size} bytes", item.sha256) for item in attachments)
    return Section("Evidence", (Table(("File", "Size", "SHA-256"), rows, (4, 2, 6)),))


def _name(matter: Matter, person_id: str) -> str:
    act = matter.state.event(matter.revision.id).act
    found = matter.rosters.chain[act.roster].roster.person(person_id)
    return found.name if found else person_id


def _certain(certain: bool) -> str:
    return "yes" if certain else "cannot be ruled out"
