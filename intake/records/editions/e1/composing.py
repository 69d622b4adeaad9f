"""What a decision record says, in order, for each of the three kinds.

The base of a record must come out the same on every machine, so everything here follows from the signed revision and what its
author had seen, the terms (or the reason), the playbook and the roster the revision names, and from nothing else: no clock, no
settings, no names of the people who will sign.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.domain.acts.kinds import Office
from intake.domain.base.canonical import Json
from intake.domain.base.words import spoken
from intake.domain.case.summary import reference
from intake.domain.terms.terms import Terms
from intake.records.case_file import CaseFile
from intake.records.content import (
    Block,
    Heading,
    KeyValues,
    Paragraph,
    PrintedDigest,
    PrintedNotice,
    RecordContent,
    RecordKind,
    RecordSection,
    SignatureField,
)
from intake.records.editions.e1 import answering, assessing, attached, first_page, history, limits, papers, weighing
from intake.records.editions.e1.committed import Committed
from intake.records.editions.e1.labels import BOUNDARIES, PrintedBoundaries
from intake.records.editions.e1.wording import SIGNERS


def decision(case_file: CaseFile, terms: Terms, boundaries: PrintedBoundaries = BOUNDARIES) -> RecordContent:
    """The record of an approval: the decision first, then what it rests on. ``boundaries`` are the fields there are words for.

    Raises WordsMissing for terms by a table that has a field beside them: the next edition brings its words.
    """
    return _content(
        case_file,
        _Said(
            kind=RecordKind.DECISION,
            subtitle=f"Approved for the stage “{terms.stage.value}”, until {terms.expires.isoformat()}",
            summary=first_page.decided(case_file, terms, boundaries),
            facts={
                "terms": terms.as_json(),
                "terms_digest": terms.digest,
                "commitments": Committed(case_file, terms).as_json(),
            },
            signers=(SignatureField.CIO, SignatureField.CISO),
            digests=(PrintedDigest("Terms", terms.digest),),
            sections=(limits.section(case_file, terms, boundaries),),
            terms=terms,
        ),
    )


def declined(case_file: CaseFile, office: Office, reason: str) -> RecordContent:
    """The record of a decline: one signature, and the reason."""
    field_ = SignatureField(office.label)
    return _content(
        case_file,
        _Said(
            kind=RecordKind.DECLINED,
            subtitle=f"Declined by the {SIGNERS[field_]}",
            summary=_against(case_file, f"The {SIGNERS[field_]} declines this use case. It must not run.", reason),
            facts={"office": office.value, "reason": reason},
            signers=(field_,),
        ),
    )


def withdrawn(case_file: CaseFile, reason: str) -> RecordContent:
    """The record of a withdrawal by the business."""
    return _content(
        case_file,
        _Said(
            kind=RecordKind.WITHDRAWN,
            subtitle="Withdrawn by the business",
            summary=_against(case_file, "The business withdraws this use case. Nothing about it is approved.", reason),
            facts={"reason": reason},
            signers=(SignatureField.OWNER,),
        ),
    )


def _against(case_file: CaseFile, says: str, reason: str) -> tuple[Block, ...]:
    """What the first page says where nothing is approved."""
    return (KeyValues(first_page.asked_for(case_file)), PrintedNotice(says), Heading("Reason"), Paragraph(reason))


@dataclass(frozen=True, slots=True)
class _Said:
    """In what one kind of record differs from the others. ``terms`` are those that are approved."""

    kind: RecordKind
    subtitle: str
    summary: tuple[Block, ...]
    facts: dict[str, Json]
    signers: tuple[SignatureField, ...]
    digests: tuple[PrintedDigest, ...] = ()
    sections: tuple[RecordSection, ...] = field(default=())
    terms: Terms | None = None


def _content(case_file: CaseFile, said: _Said) -> RecordContent:
    revision, body, org = case_file.revision, case_file.revision.body, case_file.rosters.org
    return RecordContent(
        kind=said.kind,
        reference=reference(case_file.state.case),
        title=body.title,
        subtitle=said.subtitle,
        organisation=org,
        organisation_name=case_file.roster.organisation,
        organisation_words=spoken(org),
        dated=case_file.act.at,
        paper=papers.of(case_file.roster),
        digests=(
            PrintedDigest("Revision", revision.id),
            PrintedDigest("Content of the revision", body.content_digest),
            PrintedDigest("Playbook", body.playbook),
            PrintedDigest("Assessment", case_file.assessment.digest),
            *said.digests,
        ),
        summary=said.summary,
        sections=(
            weighing.section(case_file),
            *said.sections,
            assessing.section(case_file, said.terms),
            *answering.sections(case_file),
            attached.section(case_file, said.terms),
            history.section(case_file),
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
            **said.facts,
        },
        signers=said.signers,
    )
