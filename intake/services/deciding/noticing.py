"""The signed notice of an act that changes what a record says: one page in the form of a record, stored with the act.

The act is signed first, for the page names it; the page is then carried by a note of the same author. It shows nothing that the
sheet of the act had not shown. Where it cannot be printed the act is stored without it: stopping something waits for no paper.
"""

from __future__ import annotations

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds import KINDS, NOTICE
from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.case.event import Event
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force, Judgement
from intake.domain.case.summary import reference
from intake.records.notice_file import NoticeFile, signed_as
from intake.records.signatures.sign import sign_record
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.installation import Installation, PersonWithKey
from intake.trust.acts import VerifiedAct


def add_notice(
    installation: Installation, signer: PersonWithKey, writer: ActWriter, state: CaseState, made: VerifiedAct
) -> str:
    """Sign the notice of an act that ``writer`` has just written, to be stored with it. Gives its SHA-256; empty without one."""
    act, current = made.act, state.current
    event = Event(act, KINDS.read(act), Judgement(Force.COUNTS), KINDS.get(act.kind))
    field = signed_as(event)
    if field is None or current is None:
        return ""
    file = NoticeFile(state, current, installation.rosters, event, changed_by(state))
    edition = installation.printer.newest
    try:
        base = installation.printer.base(edition, edition.notice(file))
        signed = sign_record(
            base,
            field,
            signer.key,
            person=installation.rosters.name_alone(signer.person),
            at=installation.clock(),
            printer=installation.printer,
            tsa=installation.tsa,
        )
    except Refusal:
        return ""
    record = writer.attach(signed, f"{reference(state.case)} {act.kind}.pdf", "application/pdf")
    body = NoticeBody(act.id, current.id, file.changes, sha256(base), record)
    writer.write(NOTICE, body, case=state.case)
    return record.sha256


def changed_by(state: CaseState) -> str:
    """The SHA-256 of the record that an act signed now changes: that of what is in force, else the one sealed last; empty for none."""
    decision = state.in_force or state.decision
    if decision is not None and decision.record is not None:
        return decision.record.sha256
    names = {name for group in state.seals for name in group}
    sealed = [
        event.body.record.sha256
        for event in state.events
        if event.act.id in names and isinstance(event.body, SealedBody)
    ]
    return sealed[-1] if sealed else ""


def notices(state: CaseState) -> tuple[tuple[str, Attachment], ...]:
    """(act, file) of each notice that whoever signed the act signed with it, in the order of the case."""
    authors = {event.act.id: event.act.person for event in state.events}
    return tuple(
        (event.body.about, event.body.record)
        for event in state.events
        if isinstance(event.body, NoticeBody)
        and event.judgement.force is Force.NOTE
        and authors.get(event.body.about) == event.act.person
    )
