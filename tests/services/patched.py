"""What a patched client signs: with the right key and the right form, and against what this program would do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from intake.domain.acts.kinds import OPINION, REVISION, SEALED
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.assessment.engines import ENGINES
from intake.domain.base.canonical import sha256
from intake.domain.case.allowed import office_of
from intake.domain.guide.as_filed import readable, stage_of, title_of, unit_of
from intake.domain.playbook.answers import Answers
from intake.domain.terms.terms import Stage, Terms
from intake.services.deciding import deciding, recording, reviewing
from intake.services.installation.act_writer import ActWriter
from tests.filled import EVIDENCE
from tests.services.offices import Offices


def seal(offices: Offices, name: str, case: str, data: bytes, *, base: str = "") -> str:
    """Seal any bytes for the decision that is there, as a patched client would; gives the act id."""
    installation = offices.installations[name]
    decision = installation.state(case).decision
    assert decision is not None
    writer = ActWriter(installation, offices.signer(name))
    record = writer.attach(data, "record.pdf", recording.PDF)
    pages = base or installation.state(case).opinion(decision.opinions[0]).base
    made = writer.write(SEALED, SealedBody(tuple(sorted(decision.opinions)), pages, record), case=case)
    writer.store()
    return made.act.id


def file(offices: Offices, answers: Answers, /, *, case: str = "", **changed: object) -> str:
    """Ada files any answers, with ``changed`` fields beside them, as a patched client would; gives the case id."""
    ada = offices.installations["ada"]
    playbook = ada.shelf.current
    writer = ActWriter(ada, offices.signer("ada"))
    body = RevisionBody(
        revises=tuple(sorted(ada.state(case).heads)) if case else (),
        title=title_of(playbook, answers),
        unit=unit_of(playbook, answers),
        owner="ada",
        stage=Stage(stage_of(playbook, answers)),
        answers=answers.as_json(),
        playbook=playbook.digest,
        attachments=tuple(
            writer.attach(EVIDENCE, item.name, item.media_type)
            for item in answers.attachments
            if item.sha256 == sha256(EVIDENCE)
        ),
    )
    made = writer.write(REVISION, replace(body, **changed), case=case)  # type: ignore[arg-type]
    writer.store()
    return made.act.case_id


def assessed(offices: Offices, name: str, case: str, given: Terms) -> str:
    """The digest of what the playbook makes of the newest revision on these terms."""
    installation = offices.installations[name]
    revision = installation.state(case).current
    assert revision is not None
    playbook = installation.playbook(revision.body.playbook)
    return ENGINES[revision.engine].assess_granted(playbook, readable(revision.body), given).on_terms.digest


def approve(offices: Offices, name: str, case: str, given: Terms | None = None, assessment: str = "") -> str:
    """An office approves whatever was filed, with a patched client that asks no rule; gives the act id.

    On the terms proposed when none are ``given``; with the assessment of these terms unless another is named.
    """
    installation = offices.installations[name]
    state = installation.state(case)
    revision = state.current
    assert revision is not None
    writer = ActWriter(installation, offices.signer(name))
    record = writer.attach(b"Pages of " + name.encode(), "record.pdf", recording.PDF)
    given = given or reviewing.look(installation, case, name).proposed
    office = office_of(installation.rosters, name, revision.body.unit, case)
    assert office is not None
    body = OpinionBody(
        revision.id, office, Position.APPROVE, given, revision.body.playbook,
        assessment or assessed(offices, name, case, given), record.sha256, record, "", deciding.ATTESTATIONS, "",
    )  # fmt: skip
    made = writer.write(OPINION, body, case=case)
    writer.store()
    return made.act.id


def countersign(offices: Offices, case: str, sealed: Callable[[bytes], bytes]) -> None:
    """Cleo countersigns with a patched client, which seals what ``sealed`` makes of the finished record."""
    installation, signer = offices.installations["cleo"], offices.signer("cleo")
    prepared = deciding.prepare(installation, "cleo", case, Position.APPROVE, given=offices.terms("cleo", case))
    assert prepared.sheet is not None
    assert prepared.sheet.beside
    writer = ActWriter(installation, signer)
    finished = recording.sign_sheet(installation, signer, prepared.sheet, prepared.office, prepared.reason)
    record = writer.attach(finished, "record.pdf", recording.PDF)
    body = OpinionBody(
        prepared.revision, prepared.office, Position.APPROVE, prepared.terms, prepared.playbook, prepared.assessment,
        prepared.sheet.base, record, "", deciding.ATTESTATIONS, "",
    )  # fmt: skip
    made = writer.write(OPINION, body, case=case, seen=prepared.seen)
    junk = writer.attach(sealed(finished), "record.pdf", recording.PDF)
    pair = tuple(sorted((made.act.id, prepared.sheet.beside)))
    writer.write(SEALED, SealedBody(pair, prepared.sheet.base, junk), case=case)
    writer.store()
